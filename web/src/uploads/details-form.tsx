import type { DetailName } from './details.ts';
import type { DetailsControl } from './use-details.ts';

const labels: Readonly<Record<DetailName, string>> = {
  subjectType: 'About a',
  subjectId: 'Its id',
  category: 'Category',
  title: 'Title (else the name of the file)',
  description: 'Description',
  documentDate: 'Date of the document',
};

const idOf = (name: DetailName): string => `details-${name}`;

/** `lab_result` as people write it. */
const inWords = (name: string): string => name.replaceAll(/[_-]/g, ' ');

/** Asks what must be said of every file here, before it is added. Nothing is asked where nothing must be. */
export function DetailsForm({ details: control }: { readonly details: DetailsControl }) {
  if (control.asked.length === 0) return null;
  return (
    <form class="details" ref={control.form} onSubmit={(event) => event.preventDefault()} aria-label="About the files">
      {control.asked.map((name) => (
        <div key={name}>
          <label for={idOf(name)}>{labels[name]}</label>
          <Field name={name} control={control} />
        </div>
      ))}
    </form>
  );
}

function Field({ name, control }: { readonly name: DetailName; readonly control: DetailsControl }) {
  const { settings, details, set } = control;
  const choices =
    name === 'category' ? settings?.categories : name === 'subjectType' ? settings?.subjectTypes : undefined;
  const value = details[name] ?? '';
  if (choices === undefined) {
    const onInput = ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => set(name, currentTarget.value);
    return name === 'documentDate' ? (
      <input id={idOf(name)} type="date" required value={value} onInput={onInput} />
    ) : (
      <input id={idOf(name)} required={name !== 'title'} value={value} onInput={onInput} />
    );
  }
  return (
    <select id={idOf(name)} required value={value} onChange={({ currentTarget }) => set(name, currentTarget.value)}>
      <option value="">Choose …</option>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {inWords(choice)}
        </option>
      ))}
    </select>
  );
}
