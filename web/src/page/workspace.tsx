import { useMemo, useRef, useState } from 'preact/hooks';
import { createClient } from '../../../client/index.ts';
import { mediaTypeNames } from '../../../contract/media-types.ts';
import type { Configuration } from '../configuration.ts';
import { DocumentList } from '../documents/document-list.tsx';
import { useActions } from '../documents/use-actions.ts';
import { useDocuments } from '../documents/use-documents.ts';
import { nameForDisplay } from '../format.ts';
import type { Session } from '../session/session.ts';
import { sessionEnded } from '../session/use-session.ts';
import { DetailsForm } from '../uploads/details-form.tsx';
import { DropZone } from '../uploads/drop-zone.tsx';
import { refusalBy } from '../uploads/refusal.ts';
import { UploadList } from '../uploads/upload-list.tsx';
import { useDetails } from '../uploads/use-details.ts';
import { useEarlyFiles } from '../uploads/use-early-files.ts';
import { useSettings } from '../uploads/use-settings.ts';
import { useUploads } from '../uploads/use-uploads.ts';
import { stateInWords } from '../words.ts';
import { Header } from './header.tsx';

interface Props {
  readonly configuration: Configuration;
  readonly session: Session;
  readonly onSignOut: (message?: string) => void;
}

/** What a signed-in person works with: drop zone, uploads, documents. */
export function Workspace({ configuration, session, onSignOut }: Props) {
  const client = useMemo(
    () => createClient({ baseUrl: configuration.apiUrl, token: () => session.accessToken }),
    [configuration, session],
  );
  // Read out by screen readers as it changes.
  const [announcement, setAnnouncement] = useState('');
  const endSession = () => onSignOut(sessionEnded);

  const { settings, isLoading } = useSettings(client, endSession);
  const details = useDetails(settings, session.subjectId);
  const documents = useDocuments(client, endSession);
  const actions = useActions(client, { documents, announce: setAnnouncement, onUnauthenticated: endSession });
  const title = useRef<HTMLHeadingElement>(null);
  const { items, queue, busy } = useUploads(client, {
    onSettled: (document) => {
      documents.see(document);
      const { short, detail = '' } = stateInWords(document, Date.now());
      setAnnouncement(`${nameForDisplay(document.fileName)}: ${short}. ${detail}`);
    },
    onFailed: ({ file }, { sentence }) => setAnnouncement(`${nameForDisplay(file.name)}: ${sentence}`),
    onCancelled: ({ file, status }) => {
      actions.forgetFailure();
      setAnnouncement(`${nameForDisplay(file.name)}: ${status === 'failed' ? 'removed' : 'cancelled'}.`);
      // Its record stays behind: better seen at once than found later.
      documents.refresh();
    },
    onUnauthenticated: endSession,
  });

  const addFiles = (files: readonly File[]) => {
    if (files.length === 0 || !details.isComplete()) return;
    actions.forgetFailure();
    setAnnouncement(files.length === 1 ? '1 file added.' : `${files.length} files added.`);
    queue.add(files, { metadataOf: details.metadataOf, refusalOf: (file) => refusalBy(settings, file) });
  };
  const takeFiles = useEarlyFiles(!isLoading, addFiles);
  const signOut = () => {
    if (!busy || confirm('Files are still being uploaded. Sign out and stop them?')) onSignOut();
  };

  return (
    <>
      <Header name={session.name} onSignOut={signOut} />
      <main>
        <h1 ref={title} tabIndex={-1}>
          Documents
        </h1>
        <DetailsForm details={details} />
        <DropZone
          mediaTypes={settings?.mediaTypes.map(({ name }) => name) ?? mediaTypeNames}
          mayChoose={details.isComplete}
          onFiles={takeFiles}
        />
        <UploadList items={items} queue={queue} onEmptied={() => title.current?.focus()} />
        <DocumentList
          control={documents}
          actions={actions}
          subjectId={session.subjectId}
          hiddenIds={new Set(items.flatMap(({ documentId }) => documentId ?? []))}
        />
        <p class="visually-hidden" role="status">
          {announcement}
        </p>
      </main>
    </>
  );
}
