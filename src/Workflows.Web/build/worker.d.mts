import type { Plugin } from 'vite'

/** Writes the service worker of the inspector's page, with the names of the files that it keeps. */
export function phoneWorker(): Plugin

/** The worker's script without files and version. */
export const WORKER: string
