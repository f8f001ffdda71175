/** What a composed answer needs to know of the job. Times are ISO 8601 in UTC. */
export interface JobMeta {
  readonly job_id: string;
  readonly recording_id: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly started_at: string | null;
  readonly completed_at: string | null;
}
