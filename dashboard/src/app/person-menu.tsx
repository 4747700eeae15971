import { useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { CircleUser, LogIn, LogOut } from 'lucide-react';
import type { Me } from '../../../libs/contracts/me.js';
import { Menu, MenuItem, MenuLabel } from '../components/menu.js';
import { classNames } from '../lib/class-names.js';
import { identityKey } from '../lib/credentials.js';
import { meQuery, useMe } from '../lib/me.js';
import { signOut } from '../lib/sign-out.js';

/** Who the gateway takes the reader for. */
function nameOf(me: Me): string {
  switch (me.kind) {
    case 'person':
      return me.name ?? me.email;
    case 'key':
      return me.name ?? me.key ?? 'Signed in with a key';
    case 'admin':
      return 'Administrator';
    case 'anonymous':
      return 'Not signed in';
  }
}

export function PersonMenu({ folded }: { readonly folded: boolean }) {
  const me = useMe();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const name = nameOf(me);
  const canSignOut = me.kind === 'person' || identityKey() !== null;
  const leave = async () => {
    await signOut({ everywhere: false, hasSession: me.kind === 'person' });
    queryClient.clear();
    await queryClient.prefetchQuery(meQuery);
    await navigate({ to: '/sign-in', search: {} });
  };
  return (
    <div className="shrink-0 border-t border-line p-2">
      <Menu
        trigger={(props) => (
          <button
            {...props}
            type="button"
            aria-label={folded ? name : undefined}
            className={classNames(
              'control-h flex w-full items-center gap-2 rounded-control text-control text-ink-2 hover:bg-hover hover:text-ink',
              folded ? 'justify-center' : 'px-2',
            )}
          >
            <CircleUser aria-hidden size={16} strokeWidth={1.5} className="shrink-0" />
            {!folded && <span className="truncate">{name}</span>}
          </button>
        )}
      >
        <MenuLabel>{me.kind === 'person' ? me.email : name}</MenuLabel>
        {canSignOut ? (
          <MenuItem icon={<LogOut aria-hidden size={16} strokeWidth={1.5} />} onSelect={() => void leave()}>
            Sign out
          </MenuItem>
        ) : (
          <MenuItem
            icon={<LogIn aria-hidden size={16} strokeWidth={1.5} />}
            onSelect={() => void navigate({ to: '/sign-in', search: {} })}
          >
            Sign in
          </MenuItem>
        )}
      </Menu>
    </div>
  );
}
