import type { CreateKey } from '../../libs/contracts/keys.js';

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'doctor' }
  | { readonly name: 'keys create'; readonly key: CreateKey; readonly isJson: boolean }
  | { readonly name: 'keys list'; readonly isJson: boolean }
  | { readonly name: 'keys disable'; readonly id: string };
