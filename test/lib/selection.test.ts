import { describe, expect, it } from 'vitest';
import { selectEnvironments } from '../../lib/selection.ts';

const namesFor = (context: Record<string, unknown>) =>
  selectEnvironments((key) => context[key]).map(({ name }) => name);

describe('what is synthesized', () => {
  it('is every environment without a word from the context', () => {
    expect(namesFor({})).toEqual(['dev', 'staging', 'prod']);
  });

  it('is the named one alone', () => {
    expect(namesFor({ 'sealdrop:environment': 'staging' })).toEqual(['staging']);
  });

  it('is the local one alone, with its origin', () => {
    const [local, ...others] = selectEnvironments((key) =>
      key === 'sealdrop:local-origin' ? 'http://127.0.0.1:4000' : undefined,
    );

    expect(local).toMatchObject({ name: 'local', origins: ['http://127.0.0.1:4000'] });
    expect(others).toEqual([]);
  });

  it('has the profile that the context names, or an error that says which there are', () => {
    const context = { 'sealdrop:local-origin': 'http://127.0.0.1:4000' };
    const local = (profile: string) =>
      selectEnvironments((key) => ({ ...context, 'sealdrop:local-profile': profile })[key]);

    expect(local('surgicase')[0]?.profile).toMatchObject({ name: 'surgicase', mediaTypes: ['application/pdf'] });
    expect(() => local('vet')).toThrow(/^There is no profile vet\. Give sealdrop:local-profile one of: default, /);
  });

  it('is nothing where the name is unknown, and the error says which are known', () => {
    expect(() => namesFor({ 'sealdrop:environment': 'test' })).toThrow(
      'There is no environment test. Give sealdrop:environment one of: dev, staging, prod.',
    );
  });
});
