/** What is used of Uppy, by names that the bundler leads to the version under test. */
declare module 'uppy-under-test/core' {
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

declare module 'uppy-under-test/aws-s3' {
  const plugin: object;
  export default plugin;
}
