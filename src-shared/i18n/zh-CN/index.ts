import { browse } from './browse';
import { chats } from './chats';
import { common } from './common';
import { console } from './console';
import { contact } from './contact';
import { conversation } from './conversation';
import { directory } from './directory';
import { emoji } from './emoji';
import { error } from './error';
import { exported } from './export';
import { failure } from './failure';
import { files } from './files';
import { form } from './form';
import { history } from './history';
import { key } from './key';
import { link } from './link';
import { moderation } from './moderation';
import { notification } from './notification';
import { palette } from './palette';
import { presence } from './presence';
import { profile } from './profile';
import { registration } from './registration';
import { room } from './room';
import { roster } from './roster';
import { search } from './search';
import { selection } from './selection';
import { settings } from './settings';
import { shell } from './shell';
import { shortcut } from './shortcut';
import { signIn } from './sign-in';
import { step } from './step';
import { tray } from './tray';
import { voice } from './voice';

export const zhCN = {
  browse,
  chats,
  common,
  console,
  contact,
  conversation,
  directory,
  emoji,
  error,
  export: exported,
  failure,
  files,
  form,
  history,
  key,
  link,
  moderation,
  notification,
  palette,
  presence,
  profile,
  registration,
  room,
  roster,
  search,
  selection,
  settings,
  shell,
  shortcut,
  signIn,
  step,
  tray,
  voice,
} as const;
