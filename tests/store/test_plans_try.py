import datetime as dt, json, time
import pytest
from sqlalchemy import event, text
from store.appraisal.repository import Asker, CaseFilter, cases, case
from store.appraisal.tasks import tasks, task_counts
from store.appraisal.timeline import timeline
from store.appraisal.standing import standing_of
from store.cycle import repository as cycles_repository, launching
from store.person.repository import colleagues
from store.document.repository import read
from store.outbox.repository import Outbox
from tests.fixtures.agency import build_agency
from tests.fixtures.population import populate, person_number
pytestmark = pytest.mark.database
NOW = dt.datetime(2026,2,1,tzinfo=dt.UTC)

def walk(node):
    yield node
    for c in node.get("Plans", ()): yield from walk(c)

async def test_all(database):
    agency = await build_agency(database)
    sizes=[(1,2000),(2001,20000)]
    async def plans(call):
        seen=[]
        def listen(conn, cursor, statement, parameters, context, many):
            seen.append((statement, parameters))
        event.listen(database.sync_engine,"before_cursor_execute",listen)
        async with database.connect() as c:
            t=time.perf_counter(); await call(c); d=time.perf_counter()-t
            await c.rollback()
        event.remove(database.sync_engine,"before_cursor_execute",listen)
        out=[]
        async with database.connect() as c:
            for s,p in seen:
                r=await c.exec_driver_sql("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) "+s, p)
                plan=r.scalar(); plan=json.loads(plan) if isinstance(plan,str) else plan
                full=plan; plan=plan[0]["Plan"]
                out.append((plan["Shared Hit Blocks"]+plan["Shared Read Blocks"], round(plan["Actual Total Time"],1), sorted({n["Relation Name"] for n in walk(plan) if n["Node Type"]=="Seq Scan" and n["Actual Loops"]})))
        return round(d*1000), out
    for first,last in sizes:
        t=time.perf_counter()
        await populate(database, agency, first, last)
        print("\npopulated", last, round(time.perf_counter()-t,1))
        p1 = await person_number(database, agency, 150)
        p2 = await person_number(database, agency, 1500)
        mid = await person_number(database, agency, 15)
        def asker(p): return Asker(p, agency.agency, ["employee","rater","rater_superior","hr"], ["appeals_officer"], NOW)
        people={"employee":p2,"rater":p1,"superior":mid,"head":agency.head,"hr":agency.officer}
        for who,p in people.items():
            print(who)
            print("  people", await plans(lambda c: colleagues(c, asker=p, agency=agency.agency, now=NOW, name=None, after=None, limit=51)))
            print("  people named", await plans(lambda c: colleagues(c, asker=p, agency=agency.agency, now=NOW, name="abc", after=None, limit=51)))
            for f in (CaseFilter(), CaseFilter(stage="plan_review"), CaseFilter(holder="rater"), CaseFilter(cycle=agency.cycle), CaseFilter(unit=agency.unit), CaseFilter(overdue=True), CaseFilter(cycle=agency.cycle, stage="objection_review")):
                print("  cases", f, await plans(lambda c: cases(c, asker(p), f, after=None, limit=51)))
            print("  tasks", await plans(lambda c: tasks(c, asker(p), after=None, limit=51)))
            print("  counts", await plans(lambda c: task_counts(c, asker(p))))
        print("  case", await plans(lambda c: case(c, p2, asker(p1))))
        print("  timeline", await plans(lambda c: timeline(c, p2, before=None, limit=51)))
        print("  cycles", await plans(lambda c: cycles_repository.cycles(c, agency.agency, after=None, limit=51)))
        print("  stages", await plans(lambda c: cycles_repository.stage_counts(c, agency.cycle)))
        print("  standing", await plans(lambda c: standing_of(c, appraisal=p2, agency=agency.agency, person=p1, command="x", wanted=["rater","employee"], now=NOW)))
        print("  candidates", await plans(lambda c: launching.candidates(c, agency.cycle, after=None, limit=200, moment=NOW)))
        print("  waiting", await plans(lambda c: launching.waiting_appraisals(c, agency.cycle, [p1,p2])))
        print("  claim", await plans(lambda c: Outbox(database).claim(most=50, lease=dt.timedelta(seconds=60))))
