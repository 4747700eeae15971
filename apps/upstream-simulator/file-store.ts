import { recordOf, textOf } from '../../libs/demo-model/read-json.js';
import { type Answer, bufferedAnswer, jsonAnswer } from './answer.js';
import { errorAnswer } from './api-error.js';
import type { SimulatorRequest } from './simulator-request.js';

interface StoredFile {
  readonly object: { readonly id: string; readonly bytes: number; readonly filename: string };
  readonly content: Buffer;
}

interface StoredBatch {
  readonly id: string;
  readonly status: string;
}

const CREATED_AT = 1_700_000_000;

/** `/files` and `/batches`, kept in memory. A batch never gets done; it can be read, listed and cancelled. */
export class FileStore {
  private readonly files = new Map<string, StoredFile>();
  private readonly batches = new Map<string, StoredBatch>();

  clear(): void {
    this.files.clear();
    this.batches.clear();
  }

  answer(request: SimulatorRequest): Answer {
    const [, collection, id, action] = request.path.split('/');
    return collection === 'files' ? this.onFiles(request, id, action) : this.onBatches(request, id, action);
  }

  private onFiles(request: SimulatorRequest, id: string | undefined, action: string | undefined): Answer {
    if (id === undefined) {
      if (request.method === 'POST') return this.upload(request);
      return listAnswer([...this.files.values()].map(({ object }) => object));
    }
    const file = this.files.get(id);
    if (file === undefined) return noSuch('file', id);
    if (action === 'content') return bufferedAnswer(200, 'application/octet-stream', file.content);
    if (request.method !== 'DELETE') return jsonAnswer(file.object);
    this.files.delete(id);
    return jsonAnswer({ id, object: 'file', deleted: true });
  }

  private upload({ form }: SimulatorRequest): Answer {
    const file = form.find(({ name }) => name === 'file');
    if (file === undefined)
      return errorAnswer(400, 'openai', { message: "'file' is a required property", param: 'file' });
    const purpose = form.find(({ name }) => name === 'purpose')?.content.toString('utf8') ?? 'user_data';
    const object = {
      id: `file-${this.files.size + 1}`,
      object: 'file',
      bytes: file.content.length,
      created_at: CREATED_AT,
      expires_at: null,
      filename: file.filename ?? 'file',
      purpose,
      status: 'processed',
    };
    this.files.set(object.id, { object, content: Buffer.from(file.content) });
    return jsonAnswer(object);
  }

  private onBatches(request: SimulatorRequest, id: string | undefined, action: string | undefined): Answer {
    if (id === undefined) {
      return request.method === 'POST' ? this.createBatch(request) : listAnswer([...this.batches.values()]);
    }
    const batch = this.batches.get(id);
    if (batch === undefined) return noSuch('batch', id);
    if (action !== 'cancel') return jsonAnswer(batch);
    const cancelled = { ...batch, status: 'cancelling' };
    this.batches.set(id, cancelled);
    return jsonAnswer(cancelled);
  }

  private createBatch({ json }: SimulatorRequest): Answer {
    const body = recordOf(json);
    const fileId = textOf(body['input_file_id']);
    if (!this.files.has(fileId)) return noSuch('file', fileId);
    const batch = {
      id: `batch_${this.batches.size + 1}`,
      object: 'batch',
      endpoint: body['endpoint'],
      errors: null,
      input_file_id: fileId,
      completion_window: body['completion_window'] ?? '24h',
      status: 'validating',
      output_file_id: null,
      error_file_id: null,
      created_at: CREATED_AT,
      request_counts: { total: 0, completed: 0, failed: 0 },
      metadata: body['metadata'] ?? null,
    };
    this.batches.set(batch.id, batch);
    return jsonAnswer(batch);
  }
}

function listAnswer(data: readonly { readonly id: string }[]): Answer {
  return jsonAnswer({
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: false,
  });
}

function noSuch(kind: string, id: string): Answer {
  return errorAnswer(404, 'openai', { message: `No such ${kind}: ${id}`, param: 'id', code: null });
}
