import type { UppyLike } from './core.ts';

export interface PluginOptions {
  /** Two plugins of one Uppy have different ones. */
  readonly id?: string;
}

/**
 * All that Uppy's core asks of a plugin, as its own `BasePlugin` has it. `Uppy` is the very class of the core in use, so
 * that `uppy.use` of each version takes it for one of its own.
 */
export abstract class Plugin<Uppy extends UppyLike, Options extends PluginOptions> {
  readonly uppy: Uppy;
  opts: Options;
  readonly id: string;
  abstract readonly type: string;
  readonly VERSION = '0.1.0';
  readonly defaultLocale: Uppy['defaultLocale'];
  readonly i18n: Uppy['i18n'];
  readonly i18nArray: Uppy['i18nArray'];

  constructor(uppy: Uppy, options: Options, defaultId: string) {
    this.uppy = uppy;
    this.opts = options;
    this.id = options.id ?? defaultId;
    this.defaultLocale = uppy.defaultLocale;
    this.i18n = uppy.i18n;
    this.i18nArray = uppy.i18nArray;
  }

  abstract install(): void;
  abstract uninstall(): void;

  setOptions(options: Partial<Options>): void {
    this.opts = { ...this.opts, ...options };
    this.setPluginState();
  }

  getPluginState(): Record<string, unknown> {
    return { ...(this.uppy.getState().plugins[this.id] as Record<string, unknown> | undefined) };
  }

  setPluginState(update?: Record<string, unknown>): void {
    const plugins = { ...this.uppy.getState().plugins, [this.id]: { ...this.getPluginState(), ...update } };
    this.uppy.setState({ plugins });
  }

  addTarget(): HTMLElement | null {
    throw new Error('The uploader of Sealdrop shows nothing by itself, so nothing can be mounted into it.');
  }

  // It has no words of its own in Uppy's locale, and draws nothing.
  i18nInit(): void {
    this.setPluginState();
  }

  update(): void {
    // Nothing is drawn.
  }

  afterUpdate(): void {
    // Nothing is drawn.
  }
}
