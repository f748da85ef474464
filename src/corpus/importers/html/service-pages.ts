const NAMES =
  /^(?:chat|message_feedback|myactivity|archive_browser|your archive|start_here|my activity)\.html?$/i;
/** Pages by which an export shows itself: what they hold comes with the data beside them. */
const SIGNS =
  /var jsonData\s*=|class="outer-cell mdl-cell|<title>(?:Google|My Activity|ChatGPT Data Export|Your Twitter archive)|window\.__THAR_CONFIG/i;

/** Whether a page belongs to the export of a service, whose importer reads it or its data. */
export function isPageOfExport(name: string, begin: string): boolean {
  return NAMES.test(name) || SIGNS.test(begin);
}
