/** The shapes of request, answer and stream that the gateway can read. */
export type WireFormat =
  'chat' | 'completions' | 'responses' | 'messages' | 'embeddings' | 'images' | 'audio' | 'moderations';
