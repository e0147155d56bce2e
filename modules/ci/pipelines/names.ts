/** Names of pipelines, and of the folders that CodePipeline makes of them. Pure. */

/** Characters of a pipeline's name that CodePipeline uses as the folder of its artifacts. */
const folderLength = 20;

/**
 * The thing first, unlike all other names: the folder is what builds of one pipeline are held to, and with the platform's prefix in front every
 * pipeline would have the same.
 */
export function pipelineName({ prefix }: { readonly prefix: string }, name: string): string {
  return `${name}-${prefix}`;
}

/** Folder of a pipeline's artifacts in their bucket. */
export function artifactFolder(pipelineName: string): string {
  return pipelineName.slice(0, folderLength);
}
