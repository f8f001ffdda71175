-- A database that is made anew beside caches that stay must not count what it was already counted: each begins somewhere else.
UPDATE knowledge_generation SET generation = generation + abs(random()) % 1000000000000;
