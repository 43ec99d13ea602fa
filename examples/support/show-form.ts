/** What the form uses of Uppy, in the words of its versions 4, 5 and 6. */
interface UploadingUppy {
  on(event: string, callback: (...args: never[]) => void): unknown;
  addFile(file: File): unknown;
  upload(): Promise<unknown>;
  pauseAll(): void;
  resumeAll(): void;
  cancelAll(): void;
  retryAll(): Promise<unknown>;
  getFiles(): readonly ShownFile[];
  getState(): { readonly info: readonly { readonly message: string; readonly details?: unknown }[] };
}

interface ShownFile {
  readonly name?: string;
  readonly error?: string | null;
  readonly progress: {
    readonly percentage?: number;
    readonly complete?: boolean;
    readonly uploadComplete?: boolean;
    readonly postprocess?: { readonly message?: string };
  };
}

/** The least page that Uppy can do without its Dashboard: choose, upload, see. */
export function showForm(uppy: UploadingUppy): void {
  const input = document.createElement('input');
  Object.assign(input, { type: 'file', multiple: true, ariaLabel: 'Files' });
  const list = document.createElement('ul');
  const messages = document.createElement('p');
  messages.role = 'alert';
  document.body.append(
    input,
    button('Upload', () => uppy.upload()),
    button('Pause', () => uppy.pauseAll()),
    button('Resume', () => uppy.resumeAll()),
    button('Retry', () => uppy.retryAll()),
    button('Cancel', () => uppy.cancelAll()),
    list,
    messages,
  );
  input.addEventListener('change', () => {
    for (const file of input.files ?? []) uppy.addFile(file);
    input.value = '';
  });
  uppy.on('state-update', () => {
    list.replaceChildren(...uppy.getFiles().map(itemOf));
    for (const { message, details } of uppy.getState().info) messages.textContent = [message, details].join(' ').trim();
  });
}

function button(name: string, act: () => unknown): HTMLButtonElement {
  const element = document.createElement('button');
  element.textContent = name;
  element.addEventListener('click', act);
  return element;
}

function itemOf({ name, error, progress }: ShownFile): HTMLLIElement {
  const item = document.createElement('li');
  const word =
    progress.postprocess?.message ?? (progress.uploadComplete ? 'uploaded' : `${progress.percentage ?? 0} %`);
  item.textContent = `${name}: ${error ?? word}`;
  return item;
}
