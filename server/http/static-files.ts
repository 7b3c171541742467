import { join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/**
 * The built pages. Files under /assets carry a hash in their name and never change; every other path that a person may open
 * gives the one page, which knows its own addresses. Dotfiles and directories are never listed or served.
 * @param root absolute path of the built client.
 */
export function staticFiles(root: string): RequestHandler {
  const router = Router();
  const shared = { index: false, dotfiles: 'ignore', redirect: false } as const;
  router.use('/assets', express.static(join(root, 'assets'), { ...shared, immutable: true, maxAge: YEAR_MS, fallthrough: true }));
  router.use(express.static(root, { ...shared, maxAge: 0 }));
  router.get(/^\/(?!api\/|sync\/|assets\/)/, (request, response, next) => {
    if (request.accepts('html') === false) return next();
    response.set('Cache-Control', 'no-cache');
    response.sendFile('index.html', { root, dotfiles: 'deny' }, (error) => {
      if (error !== undefined && !response.headersSent) next();
    });
  });
  return router;
}
