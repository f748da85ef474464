import { z } from 'zod';
import { documentFilterFields } from '../documents/documents.schema.js';
import { EXPORT_FORMATS } from './export-format.js';

export const exportQuery = z.strictObject({
  ...documentFilterFields,
  format: z.enum(EXPORT_FORMATS).default('jsonl'),
});
export type ExportQuery = z.infer<typeof exportQuery>;
