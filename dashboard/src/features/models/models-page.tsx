import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Page } from '../../components/page.js';
import { Tabs } from '../../components/tabs.js';
import { ModelsTab } from './models-tab.js';
import { UpstreamsTab } from './upstreams-tab.js';

const route = getRouteApi('/models');

export function ModelsPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  return (
    <Page title="Models">
      <Tabs
        label="Models and upstreams"
        value={search.tab ?? 'models'}
        onChange={(tab) => void navigate({ to: '/models', search: { tab: tab === 'upstreams' ? tab : undefined } })}
        tabs={[
          {
            value: 'models',
            label: 'Models',
            panel: (
              <ModelsTab
                search={search}
                onSearch={(next) => void navigate({ to: '/models', search: next, replace: true })}
              />
            ),
          },
          { value: 'upstreams', label: 'Upstreams', panel: <UpstreamsTab /> },
        ]}
      />
    </Page>
  );
}
