create table app.area (
  id text collate "C" primary key check (id ~ '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$'),
  level text not null check (level in ('district', 'township', 'committee')),
  name text not null,
  parent_id text collate "C" references app.area (id),
  kind text,
  constraint area_level_fits_id check (
    length(id) = case level when 'district' then 6 when 'township' then 9 else 12 end
  ),
  constraint area_inside_parent check (parent_id is null or starts_with(id, parent_id))
);
comment on table app.area is 'District, townships and committees by their national codes; an area''s code starts with its parent''s — 区划';
comment on column app.area.kind is 'What the place calls itself: 街道, 镇, 居委会, 村委会';
create index area_parent on app.area (parent_id);

alter table app.area enable row level security;
alter table app.area force row level security;
grant select on app.area to app;
