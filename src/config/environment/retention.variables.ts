import { integer, variable } from './variable.js';

const MAX_DAYS = 36_500;

/** How long what was done is kept. */
export const retentionVariables = {
  RUN_RETENTION_DAYS: variable(
    integer(0, MAX_DAYS).default(90),
    '90',
    'how many days a run is kept after its end; held runs stay until they are decided; 0: for good',
  ),
  JOURNAL_RETENTION_DAYS: variable(
    integer(0, MAX_DAYS).default(30),
    '30',
    'how many days its journal is kept, which replay needs; 0: as long as the run',
  ),
  AUDIT_RETENTION_DAYS: variable(
    integer(0, MAX_DAYS).default(0),
    '0',
    'how many days audit events are kept; 0: for good',
  ),
};
