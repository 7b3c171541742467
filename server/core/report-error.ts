/** The report can't do what was asked because of its storage. Thrown to whoever waits; sockets are closed with the same reason. */
export class ReportUnavailable extends Error {
  override readonly name = 'ReportUnavailable';
  /** `storage`: the disk failed, come back later. `corrupt`: the record is damaged. `stopping`: the server is. */
  readonly code: 'storage' | 'corrupt' | 'stopping';

  constructor(code: 'storage' | 'corrupt' | 'stopping', message: string) {
    super(message);
    this.code = code;
  }
}
