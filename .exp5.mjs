import pg from 'pg'; import fs from 'node:fs';
import { from as copyFrom } from 'pg-copy-streams';
import { pipeline } from 'node:stream/promises'; import { Readable } from 'node:stream';
const url = fs.readFileSync('/tmp/import-exp/start.log','utf8').match(/postgres:\S+/)[0];
const c = new pg.Client({connectionString:url}); await c.connect();
const pid=c.processID; const cpu=()=>{const f=fs.readFileSync(`/proc/${pid}/stat`,'utf8').split(') ')[1].split(' '); return (Number(f[11])+Number(f[12]))*10;};
const t = async (n,f)=>{const a=performance.now(),x=cpu(); const r=await f(); console.log(n.padEnd(40), 'cpu',String(cpu()-x).padStart(6),'wall',(performance.now()-a).toFixed(0)); return r;};
const U=1000,N=200000;
if(!(await c.query('select 1 from unit')).rowCount){
await c.query(`insert into unit(code,kind,unit_group,name,short_name) select 'U'||lpad(i::text,4,'0'),'investor','g','n'||i,'s' from generate_series(1,${U}) i`);
await c.query(`insert into project(code,name,capital_type,programme) select 'P'||lpad(i::text,6,'0'),'x','public','none' from generate_series(1,${U}*10) i`);
await c.query(`insert into project_unit(project_code,unit_code) select 'P'||lpad(i::text,6,'0'),'U'||lpad(((i-1)/10+1)::text,4,'0') from generate_series(1,${U}*10) i`);
await c.query(`insert into funding_source values ('NSDP','x','local'),('NSTW','y','central')`);
await c.query(`insert into reporting_month(plan_year,month) select 2024,i from generate_series(1,13) i`);
await c.query(`CREATE TABLE copied (LIKE disbursement_entry INCLUDING IDENTITY); ALTER TABLE copied ADD PRIMARY KEY (id)`);
for (const {definition} of (await c.query("SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conrelid = 'disbursement_entry'::regclass AND contype = 'f'")).rows) await c.query(`ALTER TABLE copied ADD ${definition.replace('disbursement_entry','copied')}`);
await c.query('vacuum analyze');
}
let body='',st='';
for(let i=0;i<N;i++){const m=1+i%10, s=['NSTW','NSDP'][Math.floor(i/10)%2], p=Math.floor(i/20), u=Math.floor(p/10);
 const k=`2024\t${m}\tU${String(u+1).padStart(4,'0')}\tP${String(p+1).padStart(6,'0')}\t${s}\tpayment\tf\tactual\t${i*1000+1}`;
 body+=`${k}\t2024-10-01 00:00:00+00\tstaff\n`; st+=`1\t${i+1}\t${i+2}\t${k}\t\\N\t\\N\t\\N\t\\N\t0\tnew\n`;}
const ch=function*(b){for(let i=0;i<b.length;i+=65536) yield Buffer.from(b.slice(i,i+65536));};
const mod = await import('/tmp/w/import/dist/libs/ledger/index.js'); const stg=await import('/tmp/w/import/dist/libs/ledger/stage-disbursements.js');
const tx={query:(q,v)=>{ return c.query(q,v).then(r=>Array.isArray(r)?r: r.command==='UPDATE'?[r.rows,r.rowCount]:r.rows)}};
const label=q=>q.replace(/\s+/g,' ').slice(0,70);
const txt={query:(q,v)=>t('   '+label(q),()=>tx.query(q,v))};
for(let r=0;r<2;r++){
 await c.query('truncate copied');
 await t('COPY base FKs',()=>pipeline(Readable.from(ch(body)),c.query(copyFrom(`copy copied(plan_year,month,unit_code,project_code,source_code,kind,carried_over,basis,amount,recorded_at,recorded_by) from stdin`))));
 await c.query('truncate staged_disbursement');
 await c.query('begin');
 await t('COPY staging',()=>pipeline(Readable.from(ch(st)),c.query(copyFrom(`copy staged_disbursement(${stg.STAGING_COLUMNS}) from stdin`))));
 await t('booksVersion',()=>mod.booksVersion(tx,{units:'all'},[2024]));
 await t('compare',()=>mod.compareStaged(txt,{units:'all'},1,{vouchers:false,cumulative:false},{hasBroken:false}));
 await t('commit',()=>c.query('commit'));
 await c.query('begin');
 await t('lock',()=>mod.lockForBooking(tx,[2024]));
 await t('booksVersion',()=>mod.booksVersion(tx,{units:'all'},[2024]));
 await c.query('savepoint a');
 await t('bookStaged',()=>mod.bookStaged(txt,{username:'x'},1,{vouchers:false,cumulative:false},{reason:null,rows:200000}));
 await c.query('rollback to a');
 const ins=`INSERT INTO disbursement_entry (plan_year, month, unit_code, project_code, source_code, kind, carried_over, basis, amount, document_no, document_date, reason, corrects, recorded_at, recorded_by, import_id) SELECT s.plan_year, s.month, s.unit_code, s.project_code, s.source_code, s.kind, s.carried_over, s.basis, s.amount, s.document_no, s.document_date, s.reason, s.corrects, now(), 'x', 1 FROM staged_disbursement s `;
 const e = await t('explain',()=>c.query('explain (analyze, timing off) '+ins+' order by unit_code collate "C", project_code collate "C", month')); console.log(e.rows.map(r=>r['QUERY PLAN']).filter(l=>/Trigger|Time|Insert|Sort/.test(l)).join('\n'));
 await c.query('rollback');
}
await c.end();
