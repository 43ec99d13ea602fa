import { fail, ok, type Result } from '../domain/result.ts';
import type { PageFile, PageFiles } from '../ports.ts';

/** What anybody may read of the API itself: its description and the pages of its problems. */
export const servePage =
  ({ pages }: { readonly pages: PageFiles }) =>
  async (path: string): Promise<Result<PageFile, { readonly kind: 'route-not-found' }>> => {
    const file = pages.find(path);
    return file === undefined ? fail({ kind: 'route-not-found' }) : ok(file);
  };
