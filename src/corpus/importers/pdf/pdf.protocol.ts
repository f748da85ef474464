/** What the thread is given. */
export interface PdfJob {
  readonly bytes: Uint8Array;
  readonly maxPages: number;
  /** The reading ends after the page on which so much text is reached. */
  readonly maxChars: number;
}

/** One line of a page; lengths are in the points of the page, upwards from its foot. */
export interface PdfLine {
  readonly text: string;
  readonly height: number;
  readonly bottom: number;
}

/** What the thread answers. */
export type PdfReply =
  | {
      readonly kind: 'read';
      readonly pages: readonly (readonly PdfLine[])[];
      readonly pageCount: number;
      readonly brokenPages: number;
      readonly title: string | null;
      readonly author: string | null;
      /** As the file has it: `D:20240305102030+01'00'`. */
      readonly createdAt: string | null;
    }
  | { readonly kind: 'locked' | 'broken' };
