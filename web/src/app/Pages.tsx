import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router-dom';
import { useAsk, useCatalogue } from '@/shared/api/hooks';
import { freshnessOf } from '@/shared/api/freshness';
import { ScopeProvider } from '@/shared/state/scope';
import { ErrorState, LoadingState } from '@/shared/view/States';
import { Locked } from './Locked';
import { Shell } from './shell/Shell';

const Overview = lazy(() => import('@/features/overview/OverviewPage'));
const Metrics = lazy(() => import('@/features/metrics/MetricsPage'));
const Metric = lazy(() => import('@/features/metrics/MetricPage'));
const Definitions = lazy(() => import('@/features/metrics/DefinitionsPage'));
const Analyses = lazy(() => import('@/features/analyses/AnalysesPage'));
const Analysis = lazy(() => import('@/features/analyses/AnalysisPage'));
const Customers = lazy(() => import('@/features/customers/CustomersPage'));
const Customer = lazy(() => import('@/features/customers/CustomerPage'));
const Segments = lazy(() => import('@/features/segments/SegmentsPage'));
const Data = lazy(() => import('@/features/data/DataPage'));
const Quality = lazy(() => import('@/features/quality/QualityPage'));
const Identity = lazy(() => import('@/features/identity/IdentityPage'));
const Sources = lazy(() => import('@/features/sources/SourcesPage'));
const Forms = lazy(() => import('@/features/forms/FormsPage'));
const Surveys = lazy(() => import('@/features/surveys/SurveysPage'));
const Lineage = lazy(() => import('@/features/lineage/LineagePage'));
const Settings = lazy(() => import('@/features/settings/SettingsPage'));

/** Which page stands under which address. */
function Router() {
  return (
    <Suspense fallback={<div className="page"><LoadingState height={320} /></div>}>
      <Routes>
        <Route path="/" element={<Overview />} />
        <Route path="/metrics" element={<Metrics />} />
        <Route path="/metrics/:name" element={<Metric />} />
        <Route path="/definitions" element={<Definitions />} />
        <Route path="/analyses" element={<Analyses />} />
        <Route path="/analyses/:name" element={<Analysis />} />
        <Route path="/customers" element={<Customers />} />
        <Route path="/customers/:id" element={<Customer />} />
        <Route path="/segments" element={<Segments />} />
        <Route path="/data" element={<Data />} />
        <Route path="/quality" element={<Quality />} />
        <Route path="/identity" element={<Identity />} />
        <Route path="/sources" element={<Sources />} />
        <Route path="/forms" element={<Forms />} />
        <Route path="/surveys" element={<Surveys />} />
        <Route path="/lineage" element={<Lineage />} />
        <Route path="/settings" element={<Settings />} />
        <Route path="*" element={<Navigate to="/" replace />} />
      </Routes>
    </Suspense>
  );
}

export function Pages() {
  const status = useAsk({ command: 'status', args: {}, lane: 'status' }, 0);
  const catalogue = useCatalogue();
  const error = status.error ?? (catalogue.error instanceof Error ? status.error : null);
  if (error?.failure.code === 'denied') return <Locked />;
  if (status.answer === null) {
    return (
      <main className="page page-alone">
        {error ? <ErrorState error={error} onRetry={status.retry} /> : <LoadingState height={320} />}
      </main>
    );
  }
  return (
    <ScopeProvider freshness={freshnessOf(status.answer)}>
      <Shell><Router /></Shell>
    </ScopeProvider>
  );
}
