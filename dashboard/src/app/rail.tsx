import { Link, useLocation } from '@tanstack/react-router';
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { IconButton } from '../components/icon-button.js';
import { RailSlot, useCloseDrawer } from '../components/rail-slot.js';
import { classNames } from '../lib/class-names.js';
import { maySee, useMe } from '../lib/me.js';
import { setPreference } from '../lib/preferences.js';
import { navGroups, type NavItem } from './nav-items.js';
import { PersonMenu } from './person-menu.js';

/** The one navigation: 224 px, folded 56 px. In chat its middle is the list of conversations. */
export function Rail({ folded, inDrawer = false }: { readonly folded: boolean; readonly inDrawer?: boolean }) {
  const me = useMe();
  const { pathname } = useLocation();
  const inChat = pathname.startsWith('/chat');
  const groups = navGroups
    .map((group) => group.filter((item) => maySee(me, item.page)))
    .filter((group) => group.length > 0);
  return (
    <nav
      aria-label="Main"
      className={classNames(
        'flex h-full flex-col border-r border-line bg-sunken',
        folded ? 'w-14' : inDrawer ? 'w-72' : 'w-56',
      )}
    >
      <div
        className={classNames('flex h-12 shrink-0 items-center px-2', folded ? 'justify-center' : 'justify-between')}
      >
        {!folded && <span className="truncate px-2 text-control font-semibold">AI Gateway</span>}
        {!inDrawer && (
          <IconButton
            label={folded ? 'Unfold the navigation' : 'Fold the navigation'}
            icon={
              folded ? (
                <PanelLeftOpen aria-hidden size={16} strokeWidth={1.5} />
              ) : (
                <PanelLeftClose aria-hidden size={16} strokeWidth={1.5} />
              )
            }
            onClick={() => setPreference('railFolded', !folded)}
          />
        )}
      </div>
      {!folded && <RailSlot />}
      <div
        className={classNames(
          'shrink-0 overflow-y-auto px-2 py-2',
          inChat && !folded ? 'max-h-[45%] border-t border-line' : 'flex-1',
        )}
      >
        {groups.map((group) => (
          <ul
            key={group[0]?.page}
            className={classNames(inChat && !folded ? 'grid grid-cols-2' : 'mb-3 flex flex-col gap-0.5 last:mb-0')}
          >
            {group.map((item) => (
              <li key={item.page}>
                <RailLink item={item} folded={folded} isTight={inChat} />
              </li>
            ))}
          </ul>
        ))}
      </div>
      <PersonMenu folded={folded} />
    </nav>
  );
}

interface RailLinkProps {
  readonly item: NavItem;
  readonly folded: boolean;
  readonly isTight: boolean;
}

function RailLink({ item, folded, isTight }: RailLinkProps) {
  const closeDrawer = useCloseDrawer();
  const Icon = item.icon;
  return (
    <Link
      to={item.to}
      onClick={closeDrawer}
      aria-label={folded ? item.label : undefined}
      data-tip={folded ? item.label : undefined}
      className={classNames(
        'control-h flex items-center rounded-control text-control text-ink-2 hover:bg-hover hover:text-ink',
        folded ? 'justify-center' : isTight ? 'gap-1.5 px-1.5' : 'gap-2 px-2',
      )}
      activeProps={{ className: 'bg-accent-soft font-semibold !text-accent-text', 'aria-current': 'page' }}
      activeOptions={{ includeSearch: false }}
    >
      <Icon aria-hidden size={16} strokeWidth={1.5} className="shrink-0" />
      {!folded && <span className="truncate">{item.label}</span>}
    </Link>
  );
}
