/**
 * Media types a profile may accept. Only types whose content can be recognised by its first bytes are here, and none
 * that a browser would run as a page (no SVG, no HTML): an accepted type must be safe to give back.
 */
export const mediaTypes = {
  'application/pdf': { label: 'PDF', extensions: ['.pdf'] },
  'image/jpeg': { label: 'JPEG', extensions: ['.jpg', '.jpeg'] },
  'image/png': { label: 'PNG', extensions: ['.png'] },
} as const;

export type MediaType = keyof typeof mediaTypes;

export const mediaTypeNames = Object.keys(mediaTypes) as [MediaType, ...MediaType[]];
