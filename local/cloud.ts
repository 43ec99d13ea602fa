import { join } from 'node:path';
import { type Clock, systemClock } from './clock.ts';
import { openDataFolder } from './data-folder.ts';
import { createGateway } from './gateway/gateway.ts';
import { planGateway } from './gateway/plan.ts';
import { createIdentity, type Identity } from './identity/identity.ts';
import { webClientId } from './identity/names.ts';
import { trustedIssuer } from './identity/trusted-issuer.ts';
import { type Listener, listen } from './listener.ts';
import { buildPage } from './page/build.ts';
import { createPage } from './page/page.ts';
import type { Rights } from './roles/rights.ts';
import { createRouter } from './router.ts';
import { startServices } from './services.ts';
import { synthesize } from './synthesize.ts';
import { readTemplate, type Template } from './template/template.ts';

export interface LocalCloudOptions {
  /** Of page, API and identity; S3 gets the next one. 0 takes any two free ones. */
  readonly port: number;
  readonly dataDirectory: string;
  /** Empties the data folder first. */
  readonly fresh?: boolean;
  /** The name of the profile to synthesize with, of those in profiles/. @default - that of the environment dev */
  readonly profile?: string;
  /** A cloud assembly for this port. @default - the app is synthesized into the data folder */
  readonly assemblyDirectory?: string;
  /** The built page. @default - it is built into the data folder */
  readonly pageDirectory?: string;
  /** What the page is built of. @default - web/ */
  readonly pageSourceDirectory?: string | undefined;
  /** The clock of everything, functions included. @default - the machine's */
  readonly clock?: Clock;
  /** Stands between what the template says of rights and every question about one. @default - nothing does */
  readonly rights?: (planned: Rights) => Rights;
  /** Opens the control surface of S3 for tests, on a port of its own; 0 takes a free one. @default - there is none */
  readonly control?: { readonly port: number };
  /** Gives up a start. */
  readonly signal?: AbortSignal;
}

export interface LocalCloud {
  /** `http://127.0.0.1:PORT` of page, API and identity. */
  readonly origin: string;
  readonly s3Origin: string;
  /** Of the control surface, where one was asked for. */
  readonly s3ControlOrigin: string | undefined;
  readonly dynamodbOrigin: string;
  readonly identity: Identity;
  readonly template: Template;
  /** Looks at queues, rotations and schedules again; needed after an injected clock was moved. */
  wake(): void;
  /** Resolves when rules and schedules have delivered what was due, and functions that they invoked have ended. */
  settled(): Promise<void>;
  /** Runs the lifecycle rules of the buckets, as every new day does; for who moved an injected clock. */
  runLifecycle(): Promise<void>;
  /** Stops everything and lets go of the data folder; what was accepted is kept. */
  close(): Promise<void>;
}

/** Synthesis and page at the same time: both take seconds and neither needs the other. */
const prepare = async (options: LocalCloudOptions, { origin }: Listener) => {
  const { dataDirectory, signal } = options;
  const assemblyDirectory = options.assemblyDirectory ?? join(dataDirectory, 'cdk.out');
  const pageDirectory = options.pageDirectory ?? join(dataDirectory, 'page');
  await Promise.all([
    options.assemblyDirectory === undefined &&
      synthesize({ origin, profile: options.profile }, assemblyDirectory, signal),
    options.pageDirectory === undefined && buildPage(pageDirectory, options.pageSourceDirectory),
  ]);
  return { template: readTemplate(assemblyDirectory), pageDirectory };
};

/**
 * Runs the synthesized template on this machine, on 127.0.0.1 only.
 * @throws StartProblem, TemplateError or PolicyError with a sentence for the person where it cannot.
 */
export const startLocalCloud = async (options: LocalCloudOptions): Promise<LocalCloud> => {
  const { port, dataDirectory, clock = systemClock } = options;
  await using cleanup = new AsyncDisposableStack();
  const folder = openDataFolder(dataDirectory, { fresh: options.fresh ?? false });
  cleanup.defer(() => folder.release());
  const listener = await listen(port);
  cleanup.defer(() => listener.close());
  const { origin } = listener;

  const { template, pageDirectory } = await prepare(options, listener);
  const { issuer, audience } = trustedIssuer(template, origin);
  const gatewayPlan = planGateway(template);
  const identity = await createIdentity({ issuer, audience, dataDirectory, clock });
  const s3Port = port === 0 ? 0 : port + 1;
  const services = await startServices(template, {
    folder,
    s3Port,
    clock,
    cleanup,
    rights: options.rights,
    control: options.control,
  });
  const gateway = createGateway(gatewayPlan, { invoke: services.invoke, clock });
  const pageConfig = { apiUrl: origin, issuer, clientId: webClientId, scope: 'documents:read documents:write' };
  const page = createPage(pageDirectory, pageConfig, services.s3.origin);
  listener.serve(createRouter(identity, page, gateway, gatewayPlan.minimumCompressionSizeBytes));

  const running = cleanup.move();
  return {
    origin,
    s3Origin: services.s3.origin,
    s3ControlOrigin: services.s3.controlOrigin,
    dynamodbOrigin: services.dynamodbOrigin,
    identity,
    template,
    wake: services.wake,
    settled: services.settled,
    runLifecycle: services.s3.runLifecycle,
    close: async () => {
      await listener.close();
      await running.disposeAsync();
    },
  };
};
