"""The part of SQL that finds the plan in force of an appraisal."""


def in_force(appraisal: str) -> str:
    """SQL for the digest of the plan in force: the last one that was submitted before the last approval.

    ``appraisal`` is the SQL of the appraisal's id. NULL where no plan was approved yet.
    """
    return f"""(
        SELECT submitted.body ->> 'document' FROM event AS submitted
        WHERE submitted.appraisal_id = {appraisal} AND submitted.body ->> 'trigger' = 'submit_plan'
            AND submitted.sequence < (
                SELECT max(approved.sequence) FROM event AS approved
                WHERE approved.appraisal_id = {appraisal} AND approved.body ->> 'trigger' = 'approve_plan'
            )
        ORDER BY submitted.sequence DESC LIMIT 1
    )"""  # noqa: S608  # the caller names a column
