create table if not exists users ( -- people, and a few machines
  id integer primary key, -- the rowid, so that it numbers itself
  /* unique without regard to case */
  email text not null collate nocase unique,
  name, -- any type at all
  age int check (age between 0 and 150 and name <> 'a, b (c)'),
  "order" text default "first come", [group by] varchar ( 20 ) default none, `select` double precision default - 1.5,
  created timestamp default current_timestamp,
  updated text default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) -- the last column
  , constraint adults check (age >= 18), unique (name, "order")
  foreign key (age) references users
); -- the end
create index if not exists by_name on users (name collate nocase desc, [order], length(email)) where age > 18 and name is not null;
create trigger touch after update on users begin update users set updated = 'x; y' where id = new.id; end;
create view adults as select id, email from users where age >= 18;
