<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="sv" sourcelanguage="sv_SE">
<context>
    <name>AccessPane</name>
    <message numerus="yes">
        <source>%n medarbetare</source>
        <translation>
            <numerusform>%n medarbetare</numerusform>
            <numerusform>%n medarbetare</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AttentionCard</name>
    <message numerus="yes">
        <source>%n beslut till väntar på det här.</source>
        <translation>
            <numerusform>%n beslut till väntar på det här.</numerusform>
            <numerusform>%n beslut till väntar på det här.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AttentionPage</name>
    <message numerus="yes">
        <source>%n beslut ångrades innan de skickades</source>
        <translation>
            <numerusform>%n beslut ångrades innan det skickades</numerusform>
            <numerusform>%n beslut ångrades innan de skickades</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BulkDialog</name>
    <message numerus="yes">
        <source>%n klara</source>
        <translation>
            <numerusform>%n klar</numerusform>
            <numerusform>%n klara</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n gick inte</source>
        <translation>
            <numerusform>%n gick inte</numerusform>
            <numerusform>%n gick inte</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChangeDialog</name>
    <message numerus="yes">
        <source>Ändra %n samarbeten</source>
        <translation>
            <numerusform>Ändra %n samarbete</numerusform>
            <numerusform>Ändra %n samarbeten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n samarbeten ändras</source>
        <translation>
            <numerusform>%n samarbete ändras</numerusform>
            <numerusform>%n samarbeten ändras</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n klara</source>
        <translation>
            <numerusform>%n klar</numerusform>
            <numerusform>%n klara</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n gick inte</source>
        <translation>
            <numerusform>%n gick inte</numerusform>
            <numerusform>%n gick inte</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChosenCustomers</name>
    <message numerus="yes">
        <source>%n kunder ändrade</source>
        <translation>
            <numerusform>%n kund ändrad</numerusform>
            <numerusform>%n kunder ändrade</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rader kopierade</source>
        <translation>
            <numerusform>%n rad kopierad</numerusform>
            <numerusform>%n rader kopierade</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CloseDialog</name>
    <message numerus="yes">
        <source>%n uppdrag har samarbeten. De fortsätter hos Visma Spcs men blir okopplade här.</source>
        <translation>
            <numerusform>%n uppdrag har samarbeten. De fortsätter hos Visma Spcs men blir okopplade här.</numerusform>
            <numerusform>%n uppdrag har samarbeten. De fortsätter hos Visma Spcs men blir okopplade här.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n uppdrag avslutas</source>
        <translation>
            <numerusform>%n uppdrag avslutas</numerusform>
            <numerusform>%n uppdrag avslutas</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CollaborationBar</name>
    <message numerus="yes">
        <source>%n markerade</source>
        <translation>
            <numerusform>%n markerad</numerusform>
            <numerusform>%n markerade</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ska %n samarbeten fortsätta?</source>
        <translation>
            <numerusform>Ska %n samarbete fortsätta?</numerusform>
            <numerusform>Ska %n samarbeten fortsätta?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n avslut ångras</source>
        <translation>
            <numerusform>%n avslut ångras</numerusform>
            <numerusform>%n avslut ångras</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CollaborationListModel</name>
    <message numerus="yes">
        <source>%n månader</source>
        <translation>
            <numerusform>%n månad</numerusform>
            <numerusform>%n månader</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CollaborationsPane</name>
    <message numerus="yes">
        <source>%n samarbeten</source>
        <translation>
            <numerusform>%n samarbete</numerusform>
            <numerusform>%n samarbeten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ColleaguesModel</name>
    <message numerus="yes">
        <source>%n uppdrag</source>
        <translation>
            <numerusform>%n uppdrag</numerusform>
            <numerusform>%n uppdrag</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kunder</source>
        <translation>
            <numerusform>%n kund</numerusform>
            <numerusform>%n kunder</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CustomersActBar</name>
    <message numerus="yes">
        <source>%n markerade</source>
        <translation>
            <numerusform>%n markerad</numerusform>
            <numerusform>%n markerade</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Aktivera tjänst för %n…</source>
        <translation>
            <numerusform>Aktivera tjänst för %n…</numerusform>
            <numerusform>Aktivera tjänst för %n…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CustomersPane</name>
    <message numerus="yes">
        <source>%n träffar</source>
        <translation>
            <numerusform>%n träff</numerusform>
            <numerusform>%n träffar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kunder</source>
        <translation>
            <numerusform>%n kund</numerusform>
            <numerusform>%n kunder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n väntar på kunden</source>
        <translation>
            <numerusform>%n väntar på kunden</numerusform>
            <numerusform>%n väntar på kunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n i urvalet</source>
        <translation>
            <numerusform>%n i urvalet</numerusform>
            <numerusform>%n i urvalet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DevicesCard</name>
    <message numerus="yes">
        <source>Visa medarbetarnas %n enheter</source>
        <translation>
            <numerusform>Visa medarbetarnas %n enhet</numerusform>
            <numerusform>Visa medarbetarnas %n enheter</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DraftList</name>
    <message numerus="yes">
        <source>%n kunder</source>
        <translation>
            <numerusform>%n kund</numerusform>
            <numerusform>%n kunder</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DueDiligenceDialog</name>
    <message numerus="yes">
        <source>Samma skäl för de %n andra kunderna där något saknas</source>
        <translation>
            <numerusform>Samma skäl för den %n andra kunden där något saknas</numerusform>
            <numerusform>Samma skäl för de %n andra kunderna där något saknas</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DutiesDialog</name>
    <message numerus="yes">
        <source>%n tjänster berörs.</source>
        <translation>
            <numerusform>%n tjänst berörs.</numerusform>
            <numerusform>%n tjänster berörs.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ändringar är på väg</source>
        <translation>
            <numerusform>%n ändring är på väg</numerusform>
            <numerusform>%n ändringar är på väg</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EndingDialog</name>
    <message numerus="yes">
        <source>Avsluta %n tjänster</source>
        <translation>
            <numerusform>Avsluta %n tjänst</numerusform>
            <numerusform>Avsluta %n tjänster</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EndingResults</name>
    <message numerus="yes">
        <source>%n gick inte</source>
        <translation>
            <numerusform>%n gick inte</numerusform>
            <numerusform>%n gick inte</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EngagementBar</name>
    <message numerus="yes">
        <source>%n valda uppdrag</source>
        <translation>
            <numerusform>%n valt uppdrag</numerusform>
            <numerusform>%n valda uppdrag</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EngagementDialog</name>
    <message numerus="yes">
        <source>Skapa samma uppdrag för de %n andra kunderna som saknar det</source>
        <translation>
            <numerusform>Skapa samma uppdrag för den %n andra kunden som saknar det</numerusform>
            <numerusform>Skapa samma uppdrag för de %n andra kunderna som saknar det</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EngagementListModel</name>
    <message numerus="yes">
        <source>och %n till</source>
        <translation>
            <numerusform>och %n till</numerusform>
            <numerusform>och %n till</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n samarbeten</source>
        <translation>
            <numerusform>%n samarbete</numerusform>
            <numerusform>%n samarbeten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EngagementsPane</name>
    <message numerus="yes">
        <source>%n pågående</source>
        <translation>
            <numerusform>%n pågående</numerusform>
            <numerusform>%n pågående</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ska rullas</source>
        <translation>
            <numerusform>%n ska rullas</numerusform>
            <numerusform>%n ska rullas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n markerade</source>
        <translation>
            <numerusform>%n markerad</numerusform>
            <numerusform>%n markerade</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FileNotes</name>
    <message numerus="yes">
        <source>%n anmärkningar till</source>
        <translation>
            <numerusform>%n anmärkning till</numerusform>
            <numerusform>%n anmärkningar till</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryCard</name>
    <message numerus="yes">
        <source>och %n äldre händelser</source>
        <translation>
            <numerusform>och %n äldre händelse</numerusform>
            <numerusform>och %n äldre händelser</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message numerus="yes">
        <source>Servern har redan %n kunder.</source>
        <translation>
            <numerusform>Servern har redan %n kund.</numerusform>
            <numerusform>Servern har redan %n kunder.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportPane</name>
    <message numerus="yes">
        <source>%n filer</source>
        <translation>
            <numerusform>%n fil</numerusform>
            <numerusform>%n filer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rader</source>
        <translation>
            <numerusform>%n rad</numerusform>
            <numerusform>%n rader</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InvitationListModel</name>
    <message numerus="yes">
        <source>%n dagar</source>
        <translation>
            <numerusform>%n dag</numerusform>
            <numerusform>%n dagar</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InvitationsPane</name>
    <message numerus="yes">
        <source>%n väntar på svar</source>
        <translation>
            <numerusform>%n väntar på svar</numerusform>
            <numerusform>%n väntar på svar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skickade</source>
        <translation>
            <numerusform>%n skickad</numerusform>
            <numerusform>%n skickade</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n markerade</source>
        <translation>
            <numerusform>%n markerad</numerusform>
            <numerusform>%n markerade</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kunder får en påminnelse</source>
        <translation>
            <numerusform>%n kund får en påminnelse</numerusform>
            <numerusform>%n kunder får en påminnelse</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LeaveDialog</name>
    <message numerus="yes">
        <source>%n uppdrag och kunder har ingen ny ansvarig.</source>
        <translation>
            <numerusform>%n uppdrag eller kund har ingen ny ansvarig.</numerusform>
            <numerusform>%n uppdrag och kunder har ingen ny ansvarig.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LifeDialog</name>
    <message numerus="yes">
        <source>Dra tillbaka %n inbjudningar till %1?</source>
        <translation>
            <numerusform>Dra tillbaka %n inbjudan till %1?</numerusform>
            <numerusform>Dra tillbaka %n inbjudningar till %1?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListExport</name>
    <message numerus="yes">
        <source>%n rader</source>
        <translation>
            <numerusform>%n rad</numerusform>
            <numerusform>%n rader</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>med %n ändringar som inte är skickade</source>
        <translation>
            <numerusform>med %n ändring som inte är skickad</numerusform>
            <numerusform>med %n ändringar som inte är skickade</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LockDialog</name>
    <message numerus="yes">
        <source>Ingen har rört det på %n minuter.</source>
        <translation>
            <numerusform>Ingen har rört det på %n minut.</numerusform>
            <numerusform>Ingen har rört det på %n minuter.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ManyCheckPage</name>
    <message numerus="yes">
        <source>%n kunder i utkastet finns inte längre.</source>
        <translation>
            <numerusform>%n kund i utkastet finns inte längre.</numerusform>
            <numerusform>%n kunder i utkastet finns inte längre.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ManyPane</name>
    <message numerus="yes">
        <source>%n kunder</source>
        <translation>
            <numerusform>%n kund</numerusform>
            <numerusform>%n kunder</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ManyReviewPage</name>
    <message numerus="yes">
        <source>Kontrollen är gammal för %n kunder.</source>
        <translation>
            <numerusform>Kontrollen är gammal för %n kund.</numerusform>
            <numerusform>Kontrollen är gammal för %n kunder.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutboxPane</name>
    <message numerus="yes">
        <source>%n ändringar väntar</source>
        <translation>
            <numerusform>%n ändring väntar</numerusform>
            <numerusform>%n ändringar väntar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ärenden att åtgärda</source>
        <translation>
            <numerusform>%n ärende att åtgärda</numerusform>
            <numerusform>%n ärenden att åtgärda</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n beslut ångrades innan de skickades</source>
        <translation>
            <numerusform>%n beslut ångrades innan det skickades</numerusform>
            <numerusform>%n beslut ångrades innan de skickades</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OverviewPane</name>
    <message numerus="yes">
        <source>%n aktiva samarbeten</source>
        <translation>
            <numerusform>%n aktivt samarbete</numerusform>
            <numerusform>%n aktiva samarbeten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kunder</source>
        <translation>
            <numerusform>%n kund</numerusform>
            <numerusform>%n kunder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n samarbeten</source>
        <translation>
            <numerusform>%n samarbete</numerusform>
            <numerusform>%n samarbeten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PaperDialog</name>
    <message numerus="yes">
        <source>%n sidor</source>
        <translation>
            <numerusform>%n sida</numerusform>
            <numerusform>%n sidor</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ParticipantDialog</name>
    <message numerus="yes">
        <source>Lägg till samma person hos de %n andra kunderna där ingen deltar</source>
        <translation>
            <numerusform>Lägg till samma person hos den %n andra kunden där ingen deltar</numerusform>
            <numerusform>Lägg till samma person hos de %n andra kunderna där ingen deltar</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrivacyCard</name>
    <message numerus="yes">
        <source>%n minuter</source>
        <translation>
            <numerusform>%n minut</numerusform>
            <numerusform>%n minuter</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProgressFoot</name>
    <message numerus="yes">
        <source>%n nya kunder är valda</source>
        <translation>
            <numerusform>%n ny kund är vald</numerusform>
            <numerusform>%n nya kunder är valda</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ändrade kunder är valda</source>
        <translation>
            <numerusform>%n ändrad kund är vald</numerusform>
            <numerusform>%n ändrade kunder är valda</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Importera %n kunder</source>
        <translation>
            <numerusform>Importera %n kund</numerusform>
            <numerusform>Importera %n kunder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rader nekades.</source>
        <translation>
            <numerusform>%n rad nekades.</numerusform>
            <numerusform>%n rader nekades.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ändringar behöver ditt beslut.</source>
        <translation>
            <numerusform>%n ändring behöver ditt beslut.</numerusform>
            <numerusform>%n ändringar behöver ditt beslut.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Klart: %n nya kunder är inlästa</source>
        <translation>
            <numerusform>Klart: %n ny kund är inläst</numerusform>
            <numerusform>Klart: %n nya kunder är inlästa</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Klart: %n ändrade kunder är inlästa</source>
        <translation>
            <numerusform>Klart: %n ändrad kund är inläst</numerusform>
            <numerusform>Klart: %n ändrade kunder är inlästa</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueueBars</name>
    <message numerus="yes">
        <source>%n säkra förslag:</source>
        <translation>
            <numerusform>%n säkert förslag:</numerusform>
            <numerusform>%n säkra förslag:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kopplingar hann en kollega göra före dig.</source>
        <translation>
            <numerusform>%n koppling hann en kollega göra före dig.</numerusform>
            <numerusform>%n kopplingar hann en kollega göra före dig.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Förslag kunde inte hämtas för %n företag.</source>
        <translation>
            <numerusform>Förslag kunde inte hämtas för %n företag.</numerusform>
            <numerusform>Förslag kunde inte hämtas för %n företag.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n markerade</source>
        <translation>
            <numerusform>%n markerad</numerusform>
            <numerusform>%n markerade</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>och %n till</source>
        <translation>
            <numerusform>och %n till</numerusform>
            <numerusform>och %n till</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n företag kopplades inte.</source>
        <translation>
            <numerusform>%n företag kopplades inte.</numerusform>
            <numerusform>%n företag kopplades inte.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReconciliationPane</name>
    <message numerus="yes">
        <source>%n samarbeten kopplas</source>
        <translation>
            <numerusform>%n samarbete kopplas</numerusform>
            <numerusform>%n samarbeten kopplas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n okopplade</source>
        <translation>
            <numerusform>%n okopplat</numerusform>
            <numerusform>%n okopplade</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kopplade</source>
        <translation>
            <numerusform>%n kopplat</numerusform>
            <numerusform>%n kopplade</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n företag</source>
        <translation>
            <numerusform>%n företag</numerusform>
            <numerusform>%n företag</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n företag lämnades</source>
        <translation>
            <numerusform>%n företag lämnades</numerusform>
            <numerusform>%n företag lämnades</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RemindDialog</name>
    <message numerus="yes">
        <source>%n dagar</source>
        <translation>
            <numerusform>%n dag</numerusform>
            <numerusform>%n dagar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Påminn %n kunder</source>
        <translation>
            <numerusform>Påminn %n kund</numerusform>
            <numerusform>Påminn %n kunder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kunder får en påminnelse</source>
        <translation>
            <numerusform>%n kund får en påminnelse</numerusform>
            <numerusform>%n kunder får en påminnelse</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewAccess</name>
    <message numerus="yes">
        <source>och %n till</source>
        <translation>
            <numerusform>och %n till</numerusform>
            <numerusform>och %n till</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewDialog</name>
    <message numerus="yes">
        <source>%n av de markerade är inte med och avgörs en i taget: förslaget är inte tydligt, eller så återstår det att välja tjänst eller uppdrag.</source>
        <translation>
            <numerusform>%n av de markerade är inte med och avgörs för sig: förslaget är inte tydligt, eller så återstår det att välja tjänst eller uppdrag.</numerusform>
            <numerusform>%n av de markerade är inte med och avgörs en i taget: förslaget är inte tydligt, eller så återstår det att välja tjänst eller uppdrag.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RollDialog</name>
    <message numerus="yes">
        <source>%n uppdrag är redan avslutade och rullas inte.</source>
        <translation>
            <numerusform>%n uppdrag är redan avslutat och rullas inte.</numerusform>
            <numerusform>%n uppdrag är redan avslutade och rullas inte.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Rulla %n uppdrag</source>
        <translation>
            <numerusform>Rulla %n uppdrag</numerusform>
            <numerusform>Rulla %n uppdrag</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n uppdrag rullas</source>
        <translation>
            <numerusform>%n uppdrag rullas</numerusform>
            <numerusform>%n uppdrag rullas</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ServiceCard</name>
    <message numerus="yes">
        <source>Byrån har %n licenser kvar.</source>
        <translation>
            <numerusform>Byrån har %n licens kvar.</numerusform>
            <numerusform>Byrån har %n licenser kvar.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsPane</name>
    <message numerus="yes">
        <source>%n kunder</source>
        <translation>
            <numerusform>%n kund</numerusform>
            <numerusform>%n kunder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n utkast</source>
        <translation>
            <numerusform>%n utkast</numerusform>
            <numerusform>%n utkast</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ändringar som inte är skickade</source>
        <translation>
            <numerusform>%n ändring som inte är skickad</numerusform>
            <numerusform>%n ändringar som inte är skickade</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ändringar är inte skickade och försvinner.</source>
        <translation>
            <numerusform>%n ändring är inte skickad och försvinner.</numerusform>
            <numerusform>%n ändringar är inte skickade och försvinner.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%n ändringar i utkorgen</source>
        <translation>
            <numerusform>%n ändring i utkorgen</numerusform>
            <numerusform>%n ändringar i utkorgen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ärenden att åtgärda</source>
        <translation>
            <numerusform>%n ärende att åtgärda</numerusform>
            <numerusform>%n ärenden att åtgärda</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TodayPane</name>
    <message numerus="yes">
        <source>%n ärenden att åtgärda</source>
        <translation>
            <numerusform>%n ärende att åtgärda</numerusform>
            <numerusform>%n ärenden att åtgärda</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ärenden väntar på ditt beslut</source>
        <translation>
            <numerusform>%n ärende väntar på ditt beslut</numerusform>
            <numerusform>%n ärenden väntar på ditt beslut</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n inbjudningar väntar på svar</source>
        <translation>
            <numerusform>%n inbjudan väntar på svar</numerusform>
            <numerusform>%n inbjudningar väntar på svar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n samarbeten är okopplade</source>
        <translation>
            <numerusform>%n samarbete är okopplat</numerusform>
            <numerusform>%n samarbeten är okopplade</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WelcomePane</name>
    <message numerus="yes">
        <source>%n kunder</source>
        <translation>
            <numerusform>%n kund</numerusform>
            <numerusform>%n kunder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n utkast</source>
        <translation>
            <numerusform>%n utkast</numerusform>
            <numerusform>%n utkast</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WrittenRows</name>
    <message numerus="yes">
        <source>%n dagar</source>
        <translation>
            <numerusform>%n dag</numerusform>
            <numerusform>%n dagar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n samarbeten saknar kund</source>
        <translation>
            <numerusform>%n samarbete saknar kund</numerusform>
            <numerusform>%n samarbeten saknar kund</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n samarbeten saknar uppdrag</source>
        <translation>
            <numerusform>%n samarbete saknar uppdrag</numerusform>
            <numerusform>%n samarbeten saknar uppdrag</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n uppdrag ska rullas</source>
        <translation>
            <numerusform>%n uppdrag ska rullas</numerusform>
            <numerusform>%n uppdrag ska rullas</numerusform>
        </translation>
    </message>
</context>
</TS>
