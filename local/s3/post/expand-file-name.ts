import type { FormFields } from './form-parser.ts';

/**
 * Puts the name of the file in place of `${filename}`, in every field. "If the browser or client provides a full or
 * partial path to the file, only the text following the last slash (/) or backslash (\) is used." S3 leaves the variable
 * as it is where the part of the file has no name. "All variables in the form are expanded prior to validating the
 * POST policy."
 */
export function expandFileName(fields: FormFields, fileName: string | undefined): FormFields {
  if (fileName === undefined) return fields;
  const name = fileName.split(/[/\\]/).at(-1) ?? '';
  return new Map(
    [...fields].map(([key, field]) => [key, { ...field, value: field.value.replace(/\$\{filename\}/g, () => name) }]),
  );
}
