"""The words that made-up groups are put together from. Places are real municipalities; nobody in it exists."""

PROBLEMS = (
    "Lekplatsen på gården är avstängd sedan i våras",
    "Bussen går inte längre på kvällarna",
    "Det är kallt i våra lägenheter hela vintern",
    "Skolan har slutat med modersmålsundervisning",
    "Vi får inte tolk när vi går till vårdcentralen",
    "Tvättstugan är trasig och ingen svarar",
    "Våra barn får inte plats på fritids",
    "Hissen har stått still i två månader",
    "Vi får inte betalt för all tid vi arbetar",
    "Det är mörkt på vägen hem från stationen",
)
COMMON = ("samma gata", "samma kurs", "samma arbetsplats", "samma skola", "samma problem", "samma hus")
AREAS = ("Almhöjden", "Björkdungen", "Centrum", "Lindhaga", "Rönnlid", "Söderbacken", "Västra gården", "Ängsvreten")
FIRST = ("Värme", "Lek", "Buss", "Språk", "Gård", "Hiss", "Kvälls", "Skol", "Vägs", "Tvätt", "Natt", "Torg", "Park")
LAST = ("gruppen", "kaféet", "föreningen", "kretsen", "laget", "nätverket", "rådet", "vännerna", "ringen")
CALLED = ("Amina", "Ben", "Dina", "Elif", "Farid", "Gry", "Hodan", "Ivar", "Jin", "Kaj", "Lo", "Mira", "Noor", "Olga")
STAFF_FIRST = ("Maja", "Sam", "Inga", "Kim", "Pia", "Ada", "Leo", "Nils", "Eva", "Omar", "Sara", "Tove", "Ulf", "Vera")
STAFF_LAST = ("Lind", "Ek", "Holm", "Berg", "Sten", "Alm", "Dahl", "Fors", "Grund", "Hav", "Kvist", "Lund", "Moe")
LANGUAGES = ("sv", "ar", "so", "prs", "ti", "uk", "en", "es", "fa")
STEPS = (
    "Ring och hör hur det gick",
    "Boka nästa träff",
    "Skriv till den som har ansvar",
    "Hitta en lokal",
    "Läs igenom brevet tillsammans",
    "Fråga efter handlingarna",
)
LOG_LINES = (
    "Vi pratade om vad som hänt sedan sist.",
    "Gruppen har skickat sitt brev.",
    "Vi gick igenom planen.",
    "Fler vill vara med.",
    "De väntar på svar från kommunen.",
)
TASKS = (
    "Skriva ett brev till hyresvärden",
    "Fråga grannarna",
    "Boka en lokal",
    "Läsa kommunens svar",
    "Bjuda in fler till nästa träff",
    "Ringa nämnden",
)
