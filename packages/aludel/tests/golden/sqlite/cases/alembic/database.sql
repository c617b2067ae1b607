CREATE TABLE team (
	id INTEGER NOT NULL, 
	name VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_team PRIMARY KEY (id), 
	CONSTRAINT uq_team_name UNIQUE (name)
);
CREATE TABLE user (
	id INTEGER NOT NULL, 
	email VARCHAR(120) NOT NULL, 
	is_active BOOLEAN DEFAULT 1 NOT NULL, 
	created_at DATETIME DEFAULT (CURRENT_TIMESTAMP), 
	team_id INTEGER, 
	role VARCHAR(9) NOT NULL, 
	balance NUMERIC(10, 2) DEFAULT '0.00' NOT NULL, 
	settings JSON, 
	PRIMARY KEY (id), 
	UNIQUE (email), 
	CONSTRAINT role CHECK (role IN ('member', 'moderator')), 
	CHECK (is_active IN (0, 1)), 
	CONSTRAINT fk_user_team FOREIGN KEY(team_id) REFERENCES team (id) ON DELETE CASCADE
);
CREATE INDEX ix_user_created_at ON user (created_at);
CREATE UNIQUE INDEX ix_user_team_email ON user (team_id, email) WHERE team_id IS NOT NULL;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
