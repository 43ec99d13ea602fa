/**
 * Media types a profile may accept. Only types whose content can be recognised by its first bytes are here, and none
 * that a browser would run as a page (no SVG, no HTML): an accepted type must be safe to give back.
 *
 * `isSafeInline`: whether a browser may show it in a page of its own. Pictures are pixels and run nothing; a PDF runs in
 * the viewer's sandbox, away from the origin it came from, which is the bucket's and holds no session. A type that a
 * browser hands to another program, or whose scripts reach the page, is saved and opened by its owner's decision.
 */
export const mediaTypes = {
  'application/pdf': { label: 'PDF', extensions: ['.pdf'], isSafeInline: true },
  'image/jpeg': { label: 'JPEG', extensions: ['.jpg', '.jpeg'], isSafeInline: true },
  'image/png': { label: 'PNG', extensions: ['.png'], isSafeInline: true },
} as const satisfies Record<string, { label: string; extensions: readonly string[]; isSafeInline: boolean }>;

export type MediaType = keyof typeof mediaTypes;

export const mediaTypeNames = Object.keys(mediaTypes) as [MediaType, ...MediaType[]];
