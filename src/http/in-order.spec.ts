import {
  Controller,
  Get,
  Injectable,
  Module,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { defer, map, type Observable } from 'rxjs';
import { inOrder, type SyncInterceptor } from './in-order.js';

/** What happened, in the order in which it did. */
@Injectable()
class Diary {
  readonly lines: string[] = [];
}

function named(name: string) {
  @Injectable()
  class Named implements SyncInterceptor<string, string> {
    constructor(private readonly diary: Diary) {}

    intercept(_execution: ExecutionContext, next: CallHandler<string>): Observable<string> {
      this.diary.lines.push(`${name} before`);
      return next.handle().pipe(
        map((value) => {
          this.diary.lines.push(`${name} after`);
          return `${name}(${value})`;
        }),
      );
    }
  }
  return Named;
}

const Road = inOrder(named('outer'), named('middle'), named('inner'));

@Controller()
class AnswerController {
  constructor(private readonly diary: Diary) {}

  @Get('answer')
  @UseInterceptors(Road)
  answer(): Observable<string> {
    return defer(() => {
      this.diary.lines.push('handler');
      return ['answer'];
    });
  }

  @Get('failure')
  @UseInterceptors(Road)
  failure(): Observable<string> {
    throw new Error('no answer');
  }
}

@Module({ controllers: [AnswerController], providers: [Diary] })
class AnswerModule {}

async function withApp(work: (url: string, diary: Diary) => Promise<void>): Promise<void> {
  const app = await NestFactory.create(AnswerModule, { logger: false });
  await app.listen(0, '127.0.0.1');
  try {
    await work(await app.getUrl(), app.get(Diary));
  } finally {
    await app.close();
  }
}

describe('inOrder', () => {
  it('runs its interceptors from the outside in, with what they inject', async () => {
    await withApp(async (url, diary) => {
      const answer = await fetch(`${url}/answer`);
      expect(await answer.text()).toBe('outer(middle(inner(answer)))');
      expect(diary.lines).toEqual([
        'outer before',
        'middle before',
        'inner before',
        'handler',
        'inner after',
        'middle after',
        'outer after',
      ]);
    });
  });

  it('leaves errors of the handler to the filters', async () => {
    await withApp(async (url) => {
      expect((await fetch(`${url}/failure`)).status).toBe(500);
    });
  });
});
