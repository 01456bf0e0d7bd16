import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClusterUser } from './cluster-user.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'

/** A PostgreSQL data folder of our own and what is needed to work on it. */
export type Cluster = Readonly<{
  folder: string
  log: string
  password: string
  throwaway: boolean
  user: ClusterUser
  binaries: PostgresBinaries
}>

/** Whether a whole cluster lies in `folder`: it appears there in one step. */
export function isCluster(folder: string): Promise<boolean> {
  return access(join(folder, 'PG_VERSION')).then(
    () => true,
    () => false,
  )
}

/** The address of the superuser of a server on this machine. */
export function clusterUrl(cluster: Cluster, port: number, database: string): string {
  return `postgresql://postgres:${encodeURIComponent(cluster.password)}@127.0.0.1:${port}/${database}`
}
