import type { WireFormat } from '../../libs/openai/wire-format.js';

export interface EndpointSpec {
  /** Path as clients call it, and the bounded name in metrics and rows. */
  readonly path: string;
  /** Path below an upstream's base URL. */
  readonly upstreamPath: string;
  readonly format: WireFormat;
  /** Takes uploads as forms instead of JSON. */
  readonly isMultipart?: true;
}

/** Every endpoint that is routed by model, metered and priced. All of them are `POST`. */
export const MODEL_ENDPOINTS = {
  chatCompletions: { path: '/v1/chat/completions', upstreamPath: '/chat/completions', format: 'chat' },
  completions: { path: '/v1/completions', upstreamPath: '/completions', format: 'completions' },
  embeddings: { path: '/v1/embeddings', upstreamPath: '/embeddings', format: 'embeddings' },
  responses: { path: '/v1/responses', upstreamPath: '/responses', format: 'responses' },
  messages: { path: '/v1/messages', upstreamPath: '/messages', format: 'messages' },
  countTokens: { path: '/v1/messages/count_tokens', upstreamPath: '/messages/count_tokens', format: 'moderations' },
  moderations: { path: '/v1/moderations', upstreamPath: '/moderations', format: 'moderations' },
  imageGenerations: { path: '/v1/images/generations', upstreamPath: '/images/generations', format: 'images' },
  imageEdits: { path: '/v1/images/edits', upstreamPath: '/images/edits', format: 'images', isMultipart: true },
  imageVariations: {
    path: '/v1/images/variations',
    upstreamPath: '/images/variations',
    format: 'images',
    isMultipart: true,
  },
  speech: { path: '/v1/audio/speech', upstreamPath: '/audio/speech', format: 'audio' },
  transcriptions: {
    path: '/v1/audio/transcriptions',
    upstreamPath: '/audio/transcriptions',
    format: 'audio',
    isMultipart: true,
  },
  translations: {
    path: '/v1/audio/translations',
    upstreamPath: '/audio/translations',
    format: 'audio',
    isMultipart: true,
  },
} as const satisfies Record<string, EndpointSpec>;

/** The bounded name of everything else under `/v1/`. */
export const RAW_ENDPOINT = '/v1/*';
