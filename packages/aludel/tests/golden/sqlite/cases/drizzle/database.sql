CREATE TABLE `cities` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text(100)
);
CREATE TABLE `users` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`email` text NOT NULL,
	`created_at` integer DEFAULT (cast((julianday('now') - 2440587.5)*86400000 as integer)) NOT NULL,
	`is_admin` integer DEFAULT false NOT NULL,
	`city_id` integer,
	`full_name` text GENERATED ALWAYS AS (lower("email")) VIRTUAL,
	FOREIGN KEY (`city_id`) REFERENCES `cities`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "email_check" CHECK("users"."email" like '%@%')
);
CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);
CREATE INDEX `lower_idx` ON `users` (lower("email"));
CREATE TABLE `members` (
	`user_id` integer,
	`city_id` integer,
	PRIMARY KEY(`user_id`, `city_id`)
);
