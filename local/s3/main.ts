import { StartProblem } from '../problem.ts';
import { readCommandLine, type Settings, usage } from './command-line.ts';
import { startStandaloneS3 } from './standalone.ts';

const run = async (settings: Settings): Promise<void> => {
  const stopped = new Promise<void>((resolve) => {
    const stop = (): void => {
      // A second signal ends the process at once.
      process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
      resolve();
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
  });
  const s3 = await startStandaloneS3(settings);
  console.log(
    `S3 is ready at ${s3.origin}, data in ${settings.dataDirectory}; use it with AWS_ENDPOINT_URL=${s3.origin} or --endpoint-url ${s3.origin}`,
  );
  if (s3.controlOrigin !== undefined) console.log(`Its control surface is at ${s3.controlOrigin}`);
  await stopped;
  await s3.close();
};

const settings = readCommandLine(process.argv.slice(2), process.env);
if (settings === 'help') {
  console.log(usage);
} else if ('misuse' in settings) {
  console.error(`${settings.misuse}\n${usage}`);
  process.exitCode = 2;
} else {
  try {
    await run(settings);
  } catch (cause) {
    if (!(cause instanceof StartProblem)) throw cause;
    console.error(cause.message);
    process.exitCode = 1;
  }
}
