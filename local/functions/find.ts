import type { ResourceOf, Template } from '../template/template.ts';

/** The function that a template means by a name or an ARN. */
export const findFunction = (template: Template, nameOrArn: string): ResourceOf<'AWS::Lambda::Function'> | undefined =>
  template.all('AWS::Lambda::Function').find(({ ref, attribute }) => [ref, attribute('Arn')].includes(nameOrArn));
