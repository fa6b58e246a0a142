// Loads the files of an update for electron-updater: over https from first to last, redirects included.
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor.js';
import { followHttps, refuseInsecure, type SendRequest } from './readHttps.ts';

type RequestOptions = Exclude<Parameters<SendRequest>[0], string>;
type Sent = ReturnType<ElectronHttpExecutor['createRequest']>;

export class HttpsExecutor extends ElectronHttpExecutor {
  readonly #send: SendRequest;
  constructor(send: SendRequest) {
    super();
    this.#send = send;
  }

  override createRequest(
    { protocol, hostname, port, path, headers }: RequestOptions,
    callback: Parameters<ElectronHttpExecutor['createRequest']>[1],
  ): Sent {
    const url = `${protocol}//${hostname}${port ? `:${port}` : ''}${path}`;
    refuseInsecure(url);
    const request = this.#send({
      url,
      redirect: 'manual',
      cache: 'no-store',
      credentials: 'omit',
      ...(headers ? { headers } : {}),
    });
    request.on('response', callback);
    return request as Sent;
  }

  /** In the request itself: a new one for each redirect, as is usual here, would count none of them. */
  protected override addRedirectHandlers(
    ...[request, , reject]: Parameters<ElectronHttpExecutor['addRedirectHandlers']>
  ): void {
    followHttps(request, reject);
  }
}
