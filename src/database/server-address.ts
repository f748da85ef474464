import type { DataFolderLock } from './data-folder.lock.js';

/** Lets the HTTP server say where it listens, for commands that find its data folder taken. */
export class ServerAddress {
  constructor(private readonly folderLock: DataFolderLock | null) {}

  announce(url: string): void {
    this.folderLock?.announce(url);
  }
}
