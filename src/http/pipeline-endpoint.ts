/** Metadata of a handler that belongs to the `/v1` pipeline: its own guards decide who may call it. */
export const PIPELINE_ENDPOINT = 'gateway:pipeline-endpoint';
