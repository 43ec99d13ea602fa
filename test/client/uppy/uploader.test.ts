import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { NetworkError } from '../../../client/index.ts';
import type { SealdropUploaderOptions } from '../../../client/uppy/index.ts';
import { cores } from './support/cores.ts';
import { fakeUploads } from './support/fake-uploads.ts';

const pdf = (name: string) => ({ name, type: 'application/pdf', data: new Blob([new Uint8Array(1000)]) });

describe.each(cores)('under the core %s', (_version, make) => {
  const setUp = (options: Partial<SealdropUploaderOptions> = {}) => {
    const { uploads, added } = fakeUploads();
    const uppy = make({ client: { uploads }, ...options });
    const events: string[] = [];
    for (const name of ['upload-start', 'upload-success', 'upload-error', 'postprocess-complete', 'complete'] as const)
      uppy.on(name, () => events.push(name));
    const add = (name: string) => uppy.addFile(pdf(name));
    const begin = async (...names: string[]) => {
      const ids = names.map(add);
      const result = uppy.upload();
      await vi.waitFor(() => expect(added).toHaveLength(names.length));
      return { ids, result };
    };
    /** The nth file that the engine was given. */
    const at = (index: number) => {
      const upload = added[index];
      if (upload === undefined) throw new Error(`Nothing was added as number ${index}.`);
      return upload;
    };
    return { uppy, added, at, events, begin };
  };

  it('hands the file to the engine with its name, type and metadata, and tells Uppy of its way', async () => {
    const metadata = vi.fn(() => ({ title: 'Findings' }));
    const { uppy, at, events, begin } = setUp({ metadata, integrity: 'crc64nvme' });
    const { ids, result } = await begin('a.pdf');
    const [id = ''] = ids;
    const { file, options, document } = at(0);
    expect(file).toBe(uppy.getFile(id).data);
    expect(options).toMatchObject({ fileName: 'a.pdf', mediaType: 'application/pdf', integrity: 'crc64nvme' });
    expect(options.metadata).toEqual({ title: 'Findings' });
    expect(metadata).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id, name: 'a.pdf' }));

    at(0).progress(400);
    expect(uppy.getFile(id).progress).toMatchObject({ bytesUploaded: 400, bytesTotal: 1000, percentage: 40 });
    expect(events).toEqual(['upload-start']);
    at(0).verifying();
    expect(uppy.getFile(id).progress).toMatchObject({
      uploadComplete: true,
      postprocess: { mode: 'indeterminate', message: 'Verifying…' },
    });
    expect(uppy.getFile(id).uploadURL).toBe(`/v1/documents/${document.id}`);
    expect(uppy.getFile(id).response).toMatchObject({ status: 200, body: { state: 'pending' } });
    await setTimeout(5);
    expect(events).toEqual(['upload-start', 'upload-success']);
    at(0).end({ state: 'available' });
    expect(await result).toMatchObject({ successful: [{ id }], failed: [] });
    expect(uppy.getFile(id).progress.postprocess).toBeUndefined();
    expect(uppy.getFile(id).response?.body).toEqual({ documentId: document.id, state: 'available' });
    expect(events).toEqual(['upload-start', 'upload-success', 'postprocess-complete', 'complete']);
  });

  it('shows what the application calls verifying', async () => {
    const { uppy, at, begin } = setUp({ locale: { strings: { verifying: 'Wird geprüft…' } } });
    const { ids } = await begin('a.pdf');
    at(0).progress(1000);
    at(0).verifying();
    expect(uppy.getFile(ids[0] ?? '').progress.postprocess?.message).toBe('Wird geprüft…');
  });

  it('counts what the service rejects as failed, with its reason', async () => {
    const { uppy, at, begin } = setUp();
    const { ids, result } = await begin('a.pdf');
    at(0).progress(1000);
    at(0).verifying();
    at(0).end({ state: 'rejected', rejection: { reason: 'malware-found', detail: 'The file holds malware.' } });
    expect(await result).toMatchObject({ successful: [], failed: [{ error: 'The file holds malware.' }] });
    // Uppy calls complete what succeeded.
    expect(uppy.getFile(ids[0] ?? '').progress).toMatchObject({ uploadComplete: false });
    expect(uppy.getFile(ids[0] ?? '').progress.complete).toBeUndefined();
    expect(uppy.getFile(ids[0] ?? '').progress.postprocess).toBeUndefined();
  });

  it('counts a document that nothing came of as failed', async () => {
    const { at, begin } = setUp();
    const { result } = await begin('a.pdf');
    at(0).end({ state: 'expired' });
    expect(await result).toMatchObject({ failed: [{ error: expect.stringContaining('Upload it again.') }] });
  });

  it('does not call a failure what somebody deleted meanwhile', async () => {
    const { at, begin } = setUp();
    const { result } = await begin('a.pdf');
    at(0).end({ state: 'deleted' });
    expect(await result).toMatchObject({ failed: [], successful: [{ response: { body: { state: 'deleted' } } }] });
  });

  it('does not call a failure what is still being looked at when the client waits no longer', async () => {
    const { at, begin } = setUp();
    const { result } = await begin('a.pdf');
    at(0).end({ state: 'scanning' });
    expect(await result).toMatchObject({ successful: [{ response: { body: { state: 'scanning' } } }] });
  });

  it('pauses and resumes one file, and all', async () => {
    const { uppy, at, begin } = setUp();
    const { ids, result } = await begin('a.pdf', 'b.pdf');
    at(0).progress(10);
    at(1).progress(1000);
    expect(uppy.pauseResume(ids[0] ?? '')).toBe(true);
    expect([at(0).state, at(1).state]).toEqual(['paused', 'active']);
    expect(uppy.pauseResume(ids[0] ?? '')).toBe(false);
    expect(at(0).state).toBe('active');
    at(1).verifying();
    uppy.pauseAll();
    // What is being verified has no pause: Uppy counts it as done, and would not resume it.
    expect([at(0).state, at(1).state]).toEqual(['paused', 'active']);
    uppy.resumeAll();
    expect(at(0).state).toBe('active');
    at(0).end({ state: 'available' });
    at(1).end({ state: 'available' });
    expect((await result)?.successful).toHaveLength(2);
  });

  it('begins paused what was paused before', async () => {
    const { uppy, at, begin } = setUp();
    uppy.addPreProcessor(async ([id = '']) => uppy.setFileState(id, { isPaused: true }));
    await begin('a.pdf');
    expect(at(0).state).toBe('paused');
  });

  it('cancels what is removed, without an error, and ends the others', async () => {
    const { uppy, at, events, begin } = setUp();
    const { ids, result } = await begin('a.pdf', 'b.pdf');
    uppy.removeFile(ids[0] ?? '');
    at(1).end({ state: 'available' });
    expect(await result).toMatchObject({ successful: [{ id: ids[1] }], failed: [] });
    expect([at(0).state, at(1).state]).toEqual(['cancelled', 'done']);
    expect(events).not.toContain('upload-error');
  });

  it('tells a file that was removed and added again nothing of its earlier upload', async () => {
    const { uppy, at, events, begin } = setUp();
    const { ids, result } = await begin('a.pdf');
    uppy.removeFile(ids[0] ?? '');
    expect(uppy.addFile(pdf('a.pdf'))).toBe(ids[0]);
    // What was on its way when it was cancelled.
    at(0).progress(500);
    at(0).verifying();
    await result;
    expect(events).not.toContain('upload-error');
    expect(events).not.toContain('upload-success');
    expect(uppy.getFile(ids[0] ?? '').progress).toMatchObject({ percentage: 0, uploadComplete: false });
    expect(uppy.getFile(ids[0] ?? '').error).toBeFalsy();
  });

  it.each([
    ['was uploaded before, as after a reload', { progress: { uploadComplete: true, percentage: 100 } }],
    ['another plugin found wrong', { error: 'No.' }],
  ])('sends nothing of a file that %s', async (_what, state) => {
    const { uppy, added } = setUp();
    const id = uppy.addFile(pdf('a.pdf'));
    uppy.addPreProcessor(async () => uppy.setFileState(id, state as never));
    await uppy.upload();
    expect(added).toEqual([]);
  });

  it('cancels all', async () => {
    const { uppy, at, events, begin } = setUp();
    const { result } = await begin('a.pdf', 'b.pdf');
    uppy.cancelAll();
    await result;
    expect([at(0).state, at(1).state]).toEqual(['cancelled', 'cancelled']);
    expect(events).not.toContain('upload-error');
  });

  it.each(['retryUpload', 'retryAll'] as const)('gives the same file to the engine again at %s', async (retry) => {
    const { uppy, added, at, begin } = setUp();
    const { ids, result } = await begin('a.pdf', 'b.pdf');
    at(0).fail(new NetworkError('The service cannot be reached. Check the connection and try again.'));
    at(1).end({ state: 'available' });
    expect(await result).toMatchObject({ failed: [{ error: expect.stringContaining('cannot be reached') }] });
    const again = retry === 'retryAll' ? uppy.retryAll() : uppy.retryUpload(ids[0] ?? '');
    await vi.waitFor(() => expect(added).toHaveLength(3));
    expect(at(2).file).toBe(at(0).file);
    at(2).end({ state: 'available' });
    expect(await again).toMatchObject({ successful: [{ id: ids[0], error: null }], failed: [] });
  });

  it('waits again for an outcome that could not be had', async () => {
    const { uppy, added, at, begin } = setUp();
    const { ids, result } = await begin('a.pdf');
    at(0).progress(1000);
    at(0).verifying();
    at(0).fail(new NetworkError('The service cannot be reached. Check the connection and try again.'));
    expect((await result)?.failed).toHaveLength(1);
    const again = uppy.retryUpload(ids[0] ?? '');
    await vi.waitFor(() => expect(added).toHaveLength(2));
    at(1).end({ state: 'available' });
    expect((await again)?.successful).toHaveLength(1);
  });

  it('tells of files that are not on this device', async () => {
    const { uppy, added } = setUp();
    const remote = { ...pdf('a.pdf'), isRemote: true, data: { size: 5 }, remote: { companionUrl: '', url: '' } };
    uppy.addFile(remote as unknown as ReturnType<typeof pdf>);
    expect((await uppy.upload())?.failed?.[0]?.error).toContain('not on this device');
    expect(added).toEqual([]);
  });

  it('tells of metadata that cannot be had', async () => {
    const { uppy, added } = setUp({
      metadata: () => {
        throw new Error('Say what it is about.');
      },
    });
    uppy.addFile(pdf('a.pdf'));
    expect((await uppy.upload())?.failed).toMatchObject([{ error: 'Say what it is about.' }]);
    expect(added).toEqual([]);
  });

  it('says what it can while it is there, and stops without cancelling when it goes', async () => {
    const { uppy, at, events, begin } = setUp();
    expect(uppy.getState().capabilities).toMatchObject({ individualCancellation: true, resumableUploads: true });
    const { result } = await begin('a.pdf');
    const plugin = uppy.getPlugin('SealdropUploader');
    if (plugin === undefined) throw new Error('The plugin has another name.');
    uppy.removePlugin(plugin);
    await result;
    expect(at(0).options.signal?.aborted).toBe(true);
    expect(at(0).state).not.toBe('cancelled');
    expect(events).not.toContain('upload-error');
    expect(uppy.getState().capabilities.resumableUploads).toBe(false);
  });

  it('takes options later, as all plugins do', async () => {
    const { uppy, at, begin } = setUp();
    uppy.getPlugin('SealdropUploader')?.setOptions({ metadata: () => ({ title: 'Later' }) });
    await begin('a.pdf');
    expect(at(0).options.metadata).toEqual({ title: 'Later' });
  });
});
