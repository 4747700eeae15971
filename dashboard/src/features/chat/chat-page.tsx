import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { EmptyState } from '../../components/empty-state.js';
import { InRail } from '../../components/rail-slot.js';
import { preloadProse } from '../../components/prose/prose.js';
import { guessTokens } from '../../lib/completion/answer-content.js';
import { useCommand } from '../../lib/commands.js';
import type { Answer, Message, Question } from '../../lib/conversations/conversation.js';
import { lastAnswer, lastQuestion } from '../../lib/conversations/message-tree.js';
import { NEW_CHAT } from '../../lib/drafts.js';
import { modelsQuery, takesImages } from '../../lib/models.js';
import { preferences, setPreference, usePreferences } from '../../lib/preferences.js';
import { isComposing } from '../../lib/typing.js';
import { TOUCH } from '../../lib/use-enter-sends.js';
import { useMediaQuery } from '../../lib/use-media-query.js';
import { usePageTitle } from '../../lib/use-page-title.js';
import { Announcer } from './announcer.js';
import { ChatActionsProvider } from './chat-actions.js';
import { ChatHeader } from './chat-header.js';
import { ChatSettingsPanel } from './chat-settings-panel.js';
import { Composer, type ComposerHandle } from './composer.js';
import { ConversationList } from './conversation-list.js';
import { DropArea } from './drop-area.js';
import { EmptyChat } from './empty-chat.js';
import { StorageNote } from './storage-note.js';
import { Transcript } from './transcript.js';
import { useAttachments } from './use-attachments.js';
import { useChat } from './use-chat.js';
import { useChatSettings } from './use-chat-settings.js';
import { useConversation } from './use-conversation.js';
import { useIsWritingHere } from './use-live-content.js';

preloadProse();

const SettingsSheet = lazy(async () => ({ default: (await import('./settings-sheet.js')).SettingsSheet }));
const dialogs = () => import('./chat-dialogs.js');
const ModelDialog = lazy(async () => ({ default: (await dialogs()).ModelDialog }));
const KeyDialog = lazy(async () => ({ default: (await dialogs()).KeyDialog }));

const route = getRouteApi('/chat/{-$id}');

type Layer = { readonly kind: 'model' | 'key'; readonly question: Question } | { readonly kind: 'settings' } | null;

export function ChatPage() {
  const { id } = route.useParams();
  const { model: wantedModel } = route.useSearch();
  const shown = useConversation(id);
  usePageTitle(shown.conversation?.title ?? 'Chat');
  const { settings, change } = useChatSettings(shown.conversation, wantedModel);
  const attachments = useAttachments(id ?? NEW_CHAT);
  const composer = useRef<ComposerHandle>(null);
  const isWide = useMediaQuery('(min-width: 1100px)');
  const { chatSettingsOpen } = usePreferences();
  const [layer, setLayer] = useState<Layer>(null);
  const [editingId, setEditingId] = useState<string | null>(null);
  const { data: models } = useQuery(modelsQuery);
  const model = models?.data.find((row) => row.id === settings.model);
  const answer = lastAnswer(shown.path);
  const isWriting = useIsWritingHere(answer);

  const { actions, send, sentId } = useChat({
    shown,
    settings,
    onChooseModelFor: useCallback((question: Question) => setLayer({ kind: 'model', question }), []),
    onChangeKeyFor: useCallback((question: Question) => setLayer({ kind: 'key', question }), []),
    onEdit: useCallback((question: Question) => setEditingId(question.id), []),
  });

  const toggleSettings = useCallback(() => {
    if (isWide) setPreference('chatSettingsOpen', !preferences().chatSettingsOpen);
    else setLayer({ kind: 'settings' });
  }, [isWide]);
  useCommand('chat-settings', toggleSettings);
  useStopByEscape(isWriting ? answer : undefined, actions.stop);
  useEffect(() => {
    // On touch a focus would open the keyboard over the page, unasked.
    if (!matchMedia(TOUCH).matches) composer.current?.focus();
  }, [id]);

  const warning =
    attachments.list.some(({ kind }) => kind === 'image') && !takesImages(model)
      ? `${settings.model} takes no pictures. Choose another model, or remove them.`
      : null;

  return (
    <div className="flex h-full min-h-0">
      <InRail>
        <ConversationList currentId={id} />
      </InRail>
      <DropArea onFiles={(files) => void attachments.addFiles(files)}>
        <ChatHeader
          conversation={shown.conversation}
          model={settings.model}
          usedTokens={tokensOf(shown.path, settings.system)}
          contextWindow={model?.contextWindow ?? null}
          onToggleSettings={toggleSettings}
          isSettingsOpen={isWide ? chatSettingsOpen : layer?.kind === 'settings'}
        />
        <StorageNote />
        <ChatActionsProvider value={actions}>
          {shown.isMissing ? (
            <div className="min-h-0 flex-1 overflow-y-auto">
              <EmptyState title="This chat is not in this browser.">
                Chats stay on the device that they were written on.
              </EmptyState>
            </div>
          ) : shown.path.length > 0 ? (
            <Transcript
              conversationId={id ?? ''}
              messages={shown.messages}
              path={shown.path}
              sentId={sentId}
              isWriting={isWriting}
              editingId={editingId}
              onStopEditing={() => {
                setEditingId(null);
                composer.current?.focus();
              }}
            />
          ) : (
            <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
              {!shown.isLoading && <EmptyChat settings={settings} onPick={(text) => composer.current?.fill(text)} />}
            </div>
          )}
        </ChatActionsProvider>
        <Composer
          draftId={id ?? NEW_CHAT}
          attachments={attachments}
          isWriting={isWriting}
          warning={warning}
          onSend={send}
          onStop={() => answer && actions.stop(answer)}
          onEditLast={() => setEditingId(lastQuestion(shown.path)?.id ?? null)}
          fieldRef={composer}
        />
        <Announcer answer={answer} />
      </DropArea>
      {isWide && chatSettingsOpen && (
        <aside aria-label="Chat settings" className="w-70 shrink-0 overflow-y-auto border-l border-line bg-surface p-4">
          <h2 className="mb-4 text-control">Chat settings</h2>
          <ChatSettingsPanel settings={settings} onChange={change} messages={shown.messages} />
        </aside>
      )}
      <Suspense>
        {layer?.kind === 'settings' && (
          <SettingsSheet
            settings={settings}
            onChange={change}
            messages={shown.messages}
            onClose={() => setLayer(null)}
          />
        )}
        {layer?.kind === 'model' && (
          <ModelDialog
            chosen={settings.model}
            onClose={() => setLayer(null)}
            onChoose={(chosen) => {
              setLayer(null);
              change({ model: chosen });
              actions.regenerate(layer.question, { model: chosen });
            }}
          />
        )}
        {layer?.kind === 'key' && (
          <KeyDialog
            provider={model?.upstream ?? null}
            onClose={() => setLayer(null)}
            onSaved={() => {
              setLayer(null);
              actions.regenerate(layer.question);
            }}
          />
        )}
      </Suspense>
    </div>
  );
}

/** Esc closes the top layer first; with none open it stops the answer. */
function useStopByEscape(answer: Answer | undefined, stop: (answer: Answer) => void): void {
  useEffect(() => {
    if (!answer) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || isComposing(event) || event.defaultPrevented) return;
      if (document.querySelector('[role="dialog"][data-state="open"], [popover]:popover-open')) return;
      stop(answer);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [answer, stop]);
}

/** What the next question carries along: counted by the last answer where it was, else guessed. */
function tokensOf(path: readonly Message[], system: string): number {
  const at = path.findLastIndex((message) => message.role === 'assistant' && message.content.usage !== null);
  const counted = path[at];
  const usage = counted?.role === 'assistant' ? counted.content.usage : null;
  const rest = path.slice(at + 1).map((message) => (message.role === 'user' ? message.text : message.content.text));
  if (path.length === 0) return 0;
  return (usage ? usage.inputTokens + usage.outputTokens : guessTokens(system)) + guessTokens(rest.join(''));
}
