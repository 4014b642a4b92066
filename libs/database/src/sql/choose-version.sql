-- Of what each wish may choose: $1 workspace, $2 classifiers, $3 their scopes, $4 the number of the version that is
-- named, or null: then one of the aliases decides.
select w.n::int as n, c.traffic,
  coalesce(case when w.number is null then (
      select json_agg(json_build_object('alias', a.name, 'id', v.id, 'number', v.number))
      from alias a join model_version v on v.id = a.target::uuid and v.workspace_id = a.workspace_id
      where a.workspace_id = c.workspace_id and a.scope = w.scope)
    else (
      select json_agg(json_build_object('alias', null, 'id', v.id, 'number', v.number))
      from model_version v
      where v.workspace_id = c.workspace_id and v.classifier = c.name and v.number = w.number) end, '[]') as candidates
from unnest($2::text[], $3::text[], $4::int[]) with ordinality as w(name, scope, number, n)
join classifier c on c.workspace_id = $1 and c.name = w.name
