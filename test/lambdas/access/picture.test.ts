import { expect, it } from 'vitest';
import { accessPicture } from '../../support/access-picture.ts';

it('who may do what is drawn in docs/access.md as it is', async () => {
  await expect(accessPicture()).toMatchFileSnapshot('../../../docs/access.md');
});
