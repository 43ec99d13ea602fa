import { useState } from 'preact/hooks';
import { type Client, ProblemError } from '../../../client/index.ts';
import type { Document } from '../../../contract/schemas/document.ts';
import type { History } from '../../../contract/schemas/history.ts';
import { nameForDisplay } from '../format.ts';
import { type Failure, failureInWords, stateInWords } from '../words.ts';
import { saveDocument } from './save.ts';
import type { DocumentsControl } from './use-documents.ts';

/** Which document something could not be done with, and why. */
export interface ActionFailure {
  readonly documentId: string;
  readonly failure: Failure;
}

export interface DocumentActions {
  readonly failure: ActionFailure | undefined;
  /** What was deleted or restored on this page: it stays in sight. */
  readonly changedIds: ReadonlySet<string>;
  forgetFailure(): void;
  download(document: Document): Promise<void>;
  remove(document: Document): Promise<void>;
  restore(document: Document): Promise<void>;
  loadHistory(document: Document): Promise<History>;
}

interface Surroundings {
  readonly documents: DocumentsControl;
  readonly announce: (sentence: string) => void;
  readonly onUnauthenticated: () => void;
}

/** What a person can do with a document. Nothing is asked before a deletion: it can be taken back for a long time. */
export function useActions(client: Client, { documents, announce, onUnauthenticated }: Surroundings): DocumentActions {
  const [failure, setFailure] = useState<ActionFailure>();
  const [changedIds, setChangedIds] = useState<ReadonlySet<string>>(new Set());

  const attempt = async (document: Document, action: () => Promise<void>) => {
    setFailure(undefined);
    try {
      await action();
    } catch (error) {
      if (error instanceof ProblemError && error.kind === 'unauthenticated') return onUnauthenticated();
      setFailure({ documentId: document.id, failure: failureInWords(error) });
      // What was refused because of the document's state was seen wrongly here.
      if (error instanceof ProblemError && error.status === 409) documents.refresh();
    }
  };
  const change = (document: Document, ask: (documentId: string) => Promise<Document>) =>
    attempt(document, async () => {
      const changed = await ask(document.id);
      setChangedIds((ids) => new Set([...ids, changed.id]));
      documents.see(changed);
      const { short, detail = '' } = stateInWords(changed, Date.now());
      announce(`${nameForDisplay(changed.fileName)}: ${short}. ${detail}`);
    });

  return {
    failure,
    changedIds,
    forgetFailure: () => setFailure(undefined),
    download: (document) =>
      attempt(document, async () => {
        await saveDocument(client, document.id);
        announce(`Downloading ${nameForDisplay(document.fileName)}.`);
      }),
    remove: (document) => change(document, (id) => client.deleteDocument(id)),
    restore: (document) => change(document, (id) => client.restoreDocument(id)),
    loadHistory: (document) => client.getHistory(document.id),
  };
}
