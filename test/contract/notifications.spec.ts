import { LocalNotifications } from '../../src/database/local-notifications.js';
import { SILENT_LOG } from '../support/run-buses.js';
import { describeNotifications } from './notifications.contract.js';

describeNotifications('in one process', async () => {
  const notifications = new LocalNotifications(SILENT_LOG);
  return { speaker: notifications, listener: notifications, breakLine: null, close: async () => {} };
});
