import { errorReply } from './demo-error.js';
import type { DemoContext, DemoReply } from './reply-types.js';
import { jsonReply } from './frames.js';

/** `GET /models` and `GET /models/{id}`: the one model there is, also under any name below `demo/`. */
export function replyToModels(path: string, context: DemoContext): DemoReply {
  const id = path.slice('/models'.length + 1);
  const model = (name: string) => ({
    id: name,
    object: 'model',
    created: context.nowSeconds(),
    owned_by: 'ai-gateway',
  });
  if (id === '') return jsonReply({ object: 'list', data: [model('demo')] });
  if (id === 'demo' || id.startsWith('demo/')) return jsonReply(model(id));
  return errorReply({
    status: 404,
    message: `The model '${id}' does not exist`,
    param: 'model',
    code: 'model_not_found',
  });
}
