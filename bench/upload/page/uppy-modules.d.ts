/** What is used of Uppy, which the bench installs by itself: there are no types before its first run. */
declare module '@uppy/core' {
  interface UploadResult {
    readonly successful?: readonly object[];
    readonly failed?: readonly { readonly error?: string | null }[];
  }

  export default class Uppy {
    use(plugin: object, options: object): this;
    addFiles(files: readonly { readonly name: string; readonly type: string; readonly data: Blob }[]): void;
    upload(): Promise<UploadResult | undefined>;
  }
}

declare module '@uppy/aws-s3' {
  const plugin: object;
  export default plugin;
}
