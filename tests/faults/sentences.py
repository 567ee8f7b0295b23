"""What a user is told when the database fails, in both languages."""

FULL = (
    "disken, databasen ligger på, er fuld; intet er gemt; gør plads, og prøv igen\n"
    "the disk of the database is full; nothing is stored; make room and try again"
)
BROKEN_OFF = (
    "forbindelsen til databasen blev afbrudt; intet er gemt, prøv igen\n"
    "the connection to the database was lost; nothing is stored, try again"
)
UNKNOWN = (
    "databasens svar gik tabt: det vides ikke, om det blev gemt; send igen med samme nøgle\n"
    "the answer of the database was lost: nobody knows whether it was stored; send again with the same key"
)
