/** The body of which endpoint; `messages` is Anthropic's. */
export type PromptFormat =
  'chat' | 'completions' | 'embeddings' | 'responses' | 'messages' | 'moderations' | 'images' | 'audio';
