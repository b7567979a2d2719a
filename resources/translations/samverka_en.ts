<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="sv_SE">
<context>
    <name>AboutDialog</name>
    <message>
        <source>Om Samverka</source>
        <translation>About Samverka</translation>
    </message>
    <message>
        <source>Visar, aktiverar, kopplar, följer upp och avslutar byråns samarbeten med kunderna.</source>
        <translation>Shows, activates, links, follows up and ends the firm&apos;s collaborations with its customers.</translation>
    </message>
    <message>
        <source>Qt %1 används enligt LGPL 3; biblioteken kan bytas ut i programmets mapp.</source>
        <translation>Qt %1 is used under the LGPL 3; its libraries can be exchanged in the program&apos;s folder.</translation>
    </message>
    <message>
        <source>Licenser</source>
        <translation>Licences</translation>
    </message>
    <message>
        <source>Stäng</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>AccessCard</name>
    <message>
        <source>Ingen på byrån har tillgång till kundens tjänster.</source>
        <translation>Nobody at the firm has access to the customer&apos;s services.</translation>
    </message>
    <message>
        <source>deltar i uppdraget</source>
        <translation>works on the engagement</translation>
    </message>
    <message>
        <source>kundens kontaktperson</source>
        <translation>the customer&apos;s contact person</translation>
    </message>
    <message>
        <source>enligt Visma Spcs</source>
        <translation>according to Visma Spcs</translation>
    </message>
    <message>
        <source>okänd tjänst</source>
        <translation>unknown service</translation>
    </message>
</context>
<context>
    <name>AccessListModel</name>
    <message>
        <source>Medarbetare</source>
        <translation>Staff member</translation>
    </message>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>Tjänst</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Varför</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>Sedan</source>
        <translation>Since</translation>
    </message>
    <message>
        <source>Till</source>
        <translation>To</translation>
    </message>
    <message>
        <source>Okänd tjänst</source>
        <translation>Unknown service</translation>
    </message>
    <message>
        <source>Uppdragsansvarig</source>
        <translation>Engagement owner</translation>
    </message>
    <message>
        <source>Deltar i uppdraget</source>
        <translation>Participant</translation>
    </message>
    <message>
        <source>Deltog i uppdraget</source>
        <translation>Former participant</translation>
    </message>
    <message>
        <source>Enligt Visma Spcs</source>
        <translation>According to Visma Spcs</translation>
    </message>
</context>
<context>
    <name>AccessPage</name>
    <message>
        <source>Vilka på byrån får tillgång?</source>
        <translation>Who at the firm gets access?</translation>
    </message>
    <message>
        <source>Ingen</source>
        <translation>Nobody</translation>
    </message>
    <message>
        <source>Uppdragsansvarig</source>
        <translation>Engagement owner</translation>
    </message>
    <message>
        <source>Deltagare på uppdraget</source>
        <translation>Participant of the engagement</translation>
    </message>
</context>
<context>
    <name>AccessPane</name>
    <message>
        <source>Tillgång</source>
        <translation>Access</translation>
    </message>
    <message>
        <source>Sök medarbetare, kund eller uppdrag</source>
        <translation>Search staff, customer or engagement</translation>
    </message>
    <message>
        <source>Medarbetare</source>
        <translation>Staff member</translation>
    </message>
    <message>
        <source>Har tillgång</source>
        <translation>Have access</translation>
    </message>
    <message>
        <source>Har haft</source>
        <translation>Had access</translation>
    </message>
    <message>
        <source>Alla</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Visa alla medarbetare</source>
        <translation>Show all staff</translation>
    </message>
    <message>
        <source>Välj uppdrag…</source>
        <translation>Choose engagements…</translation>
    </message>
    <message>
        <source>Lägg till vikarie…</source>
        <translation>Add substitute…</translation>
    </message>
    <message>
        <source>Medarbetaren slutar…</source>
        <translation>The colleague leaves…</translation>
    </message>
    <message numerus="yes">
        <source>%n medarbetare</source>
        <translation>
            <numerusform>%n staff member</numerusform>
            <numerusform>%n staff members</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 rader</source>
        <translation>%1 rows</translation>
    </message>
    <message>
        <source>Välj en medarbetare först.</source>
        <translation>Choose a staff member first.</translation>
    </message>
    <message>
        <source>Medarbetaren har slutat.</source>
        <translation>The staff member has left.</translation>
    </message>
    <message>
        <source>Välj en medarbetare</source>
        <translation>Choose a staff member</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Gäller inte på den här skärmen</source>
        <translation>Does not apply on this screen</translation>
    </message>
    <message>
        <source>Välj en kund först</source>
        <translation>Choose a customer first</translation>
    </message>
    <message>
        <source>Välj ett samarbete först</source>
        <translation>Choose a collaboration first</translation>
    </message>
    <message>
        <source>Välj en inbjudan först</source>
        <translation>Choose an invitation first</translation>
    </message>
    <message>
        <source>&amp;Arkiv</source>
        <translation>&amp;File</translation>
    </message>
    <message>
        <source>&amp;Redigera</source>
        <translation>&amp;Edit</translation>
    </message>
    <message>
        <source>&amp;Visa</source>
        <translation>&amp;View</translation>
    </message>
    <message>
        <source>&amp;Kund</source>
        <translation>&amp;Customer</translation>
    </message>
    <message>
        <source>&amp;Samarbete</source>
        <translation>Co&amp;llaboration</translation>
    </message>
    <message>
        <source>V&amp;erktyg</source>
        <translation>&amp;Tools</translation>
    </message>
    <message>
        <source>&amp;Hjälp</source>
        <translation>&amp;Help</translation>
    </message>
    <message>
        <source>&amp;Importera…</source>
        <translation>&amp;Import…</translation>
    </message>
    <message>
        <source>&amp;Exportera…</source>
        <translation>&amp;Export…</translation>
    </message>
    <message>
        <source>In&amp;ställningar…</source>
        <translation>&amp;Settings…</translation>
    </message>
    <message>
        <source>&amp;Logga in…</source>
        <translation>Si&amp;gn in…</translation>
    </message>
    <message>
        <source>&amp;Avsluta</source>
        <translation>E&amp;xit</translation>
    </message>
    <message>
        <source>&amp;Ångra</source>
        <translation>&amp;Undo</translation>
    </message>
    <message>
        <source>Det finns inget att ångra här</source>
        <translation>There is nothing to undo here</translation>
    </message>
    <message>
        <source>&amp;Kopiera</source>
        <translation>&amp;Copy</translation>
    </message>
    <message>
        <source>Välj rader först</source>
        <translation>Choose rows first</translation>
    </message>
    <message>
        <source>&amp;Markera alla i urvalet</source>
        <translation>Select &amp;all in the selection</translation>
    </message>
    <message>
        <source>&amp;Avmarkera alla</source>
        <translation>&amp;Deselect all</translation>
    </message>
    <message>
        <source>&amp;Sök</source>
        <translation>&amp;Search</translation>
    </message>
    <message>
        <source>Gå &amp;till kund eller kommando…</source>
        <translation>Go &amp;to customer or command…</translation>
    </message>
    <message>
        <source>&amp;Nästa del av fönstret</source>
        <translation>&amp;Next part of the window</translation>
    </message>
    <message>
        <source>Kund&amp;mötesläge</source>
        <translation>Customer &amp;meeting mode</translation>
    </message>
    <message>
        <source>Lås &amp;fönstret</source>
        <translation>Lock the &amp;window</translation>
    </message>
    <message>
        <source>&amp;Öppna kunden</source>
        <translation>&amp;Open the customer</translation>
    </message>
    <message>
        <source>&amp;Aktivera tjänst…</source>
        <translation>&amp;Activate service…</translation>
    </message>
    <message>
        <source>&amp;Koppla</source>
        <translation>&amp;Link</translation>
    </message>
    <message>
        <source>&amp;Påminn kunden</source>
        <translation>Re&amp;mind the customer</translation>
    </message>
    <message>
        <source>&amp;Dra tillbaka inbjudan…</source>
        <translation>&amp;Withdraw the invitation…</translation>
    </message>
    <message>
        <source>&amp;Synkronisera nu</source>
        <translation>&amp;Synchronise now</translation>
    </message>
    <message>
        <source>&amp;Hjälp om den här skärmen</source>
        <translation>&amp;Help on this screen</translation>
    </message>
    <message>
        <source>&amp;Om Samverka</source>
        <translation>&amp;About Samverka</translation>
    </message>
    <message>
        <source>&amp;Öppna tjänsten</source>
        <translation>&amp;Open the service</translation>
    </message>
    <message>
        <source>Ä&amp;ndra samarbete…</source>
        <translation>Chan&amp;ge collaboration…</translation>
    </message>
    <message>
        <source>A&amp;vsluta samarbete…</source>
        <translation>&amp;End collaboration…</translation>
    </message>
    <message>
        <source>Ångra avsl&amp;ut</source>
        <translation>&amp;Cancel the end</translation>
    </message>
    <message>
        <source>&amp;Granska och koppla markerade…</source>
        <translation>&amp;Review and link the ticked…</translation>
    </message>
    <message>
        <source>&amp;Ingen av dessa…</source>
        <translation>&amp;None of these…</translation>
    </message>
    <message>
        <source>&amp;Skapa kund och koppla…</source>
        <translation>Create customer and lin&amp;k…</translation>
    </message>
    <message>
        <source>S&amp;enare</source>
        <translation>La&amp;ter</translation>
    </message>
    <message>
        <source>&amp;Historik för kopplingar…</source>
        <translation>&amp;History of links…</translation>
    </message>
    <message>
        <source>&amp;Kontrollera hos Visma Spcs</source>
        <translation>Check with &amp;Visma Spcs</translation>
    </message>
    <message>
        <source>Kund&amp;blad…</source>
        <translation>Customer &amp;sheet…</translation>
    </message>
    <message>
        <source>Byt an&amp;svarig…</source>
        <translation>Change who is &amp;responsible…</translation>
    </message>
    <message>
        <source>A&amp;vsluta allt med kunden…</source>
        <translation>&amp;End everything with the customer…</translation>
    </message>
    <message>
        <source>&amp;Arkivera</source>
        <translation>&amp;Archive</translation>
    </message>
    <message>
        <source>Åte&amp;rställ från arkivet</source>
        <translation>Res&amp;tore from the archive</translation>
    </message>
    <message>
        <source>&amp;Flytta eller ta bort kopplingen…</source>
        <translation>Mo&amp;ve or remove the link…</translation>
    </message>
    <message>
        <source>Rätta &amp;typ eller nummer…</source>
        <translation>Correct &amp;kind or number…</translation>
    </message>
    <message>
        <source>&amp;Händelse hos kunden…</source>
        <translation>Event at the c&amp;ustomer…</translation>
    </message>
    <message>
        <source>Re&amp;gisterutdrag…</source>
        <translation>Extract of &amp;personal data…</translation>
    </message>
    <message>
        <source>&amp;Ny kund…</source>
        <translation>&amp;New customer…</translation>
    </message>
</context>
<context>
    <name>Activation</name>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>Kontroll hos Visma Spcs</source>
        <translation>Check with Visma Spcs</translation>
    </message>
    <message>
        <source>Tjänster och uppdrag</source>
        <translation>Services and engagements</translation>
    </message>
    <message>
        <source>Kontaktperson</source>
        <translation>Contact person</translation>
    </message>
    <message>
        <source>Administratörer</source>
        <translation>Administrators</translation>
    </message>
    <message>
        <source>Byråns tillgång</source>
        <translation>The firm&apos;s access</translation>
    </message>
    <message>
        <source>Granska och skicka</source>
        <translation>Review and send</translation>
    </message>
    <message>
        <source>Klart</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>Kontaktperson – får inloggningsinstruktioner</source>
        <translation>Contact person – gets login instructions</translation>
    </message>
    <message>
        <source>Huvudkontakt – godkänner eller avböjer</source>
        <translation>Main contact – approves or declines</translation>
    </message>
    <message>
        <source>Administratör – kan godkänna eller avböja</source>
        <translation>Administrator – can approve or decline</translation>
    </message>
    <message>
        <source>Administratör – får information</source>
        <translation>Administrator – gets information</translation>
    </message>
    <message>
        <source>Skapa uppdrag…</source>
        <translation>Create engagement…</translation>
    </message>
    <message>
        <source>Lägg till deltagare…</source>
        <translation>Add participant…</translation>
    </message>
    <message>
        <source>Kontrollera igen</source>
        <translation>Check again</translation>
    </message>
    <message>
        <source>Ändra uppgifter…</source>
        <translation>Change details…</translation>
    </message>
    <message>
        <source>Välj kundnummer…</source>
        <translation>Choose customer number…</translation>
    </message>
    <message>
        <source>Notera…</source>
        <translation>Note…</translation>
    </message>
    <message>
        <source>Rätta numret…</source>
        <translation>Correct the number…</translation>
    </message>
    <message>
        <source>Återställ kunden</source>
        <translation>Restore the customer</translation>
    </message>
    <message>
        <source>Kunden registreras</source>
        <translation>The customer will be registered</translation>
    </message>
    <message>
        <source>Nytt samarbete</source>
        <translation>New collaboration</translation>
    </message>
    <message>
        <source>Kunden har tjänsten</source>
        <translation>The customer has the service</translation>
    </message>
    <message>
        <source>Kundens eget abonnemang</source>
        <translation>The customer&apos;s own subscription</translation>
    </message>
    <message>
        <source>Inte kontrollerat</source>
        <translation>Not checked</translation>
    </message>
    <message>
        <source>Juridisk person</source>
        <translation>Legal person</translation>
    </message>
    <message>
        <source>Enskild firma</source>
        <translation>Sole trader</translation>
    </message>
    <message>
        <source>Privatperson</source>
        <translation>Private person</translation>
    </message>
    <message>
        <source>Dödsbo</source>
        <translation>Estate</translation>
    </message>
    <message>
        <source>Förening utan nummer</source>
        <translation>Association without a number</translation>
    </message>
    <message>
        <source>Utländskt företag</source>
        <translation>Foreign company</translation>
    </message>
    <message>
        <source>Registrerad hos Visma Spcs</source>
        <translation>Registered with Visma Spcs</translation>
    </message>
    <message>
        <source>Inte registrerad hos Visma Spcs</source>
        <translation>Not registered with Visma Spcs</translation>
    </message>
    <message>
        <source>Okänt</source>
        <translation>Unknown</translation>
    </message>
    <message>
        <source>I utkorgen</source>
        <translation>In the outbox</translation>
    </message>
    <message>
        <source>Registreras</source>
        <translation>Being registered</translation>
    </message>
    <message>
        <source>Väntar på kund</source>
        <translation>Waiting for the customer</translation>
    </message>
    <message>
        <source>Aktivt</source>
        <translation>Active</translation>
    </message>
    <message>
        <source>Avslutas</source>
        <translation>Ending</translation>
    </message>
    <message>
        <source>Avslutat</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>Avböjd</source>
        <translation>Declined</translation>
    </message>
    <message>
        <source>Utgången</source>
        <translation>Expired</translation>
    </message>
    <message>
        <source>Tillbakadragen</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>Väntar på dig</source>
        <translation>Waiting for you</translation>
    </message>
    <message>
        <source>Nekades</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>Inte kontrollerat än</source>
        <translation>Not checked yet</translation>
    </message>
    <message>
        <source>Kontrollerat %1</source>
        <translation>Checked %1</translation>
    </message>
    <message>
        <source>Är kunden redan registrerad får de tillgång när kunden har godkänt.</source>
        <translation>If the customer is already registered, they get access when the customer has approved.</translation>
    </message>
    <message>
        <source>Koppla i stället…</source>
        <translation>Link instead…</translation>
    </message>
</context>
<context>
    <name>ActivationDialog</name>
    <message>
        <source>Aktivera tjänst</source>
        <translation>Activate service</translation>
    </message>
    <message>
        <source>Utkast sparat %1</source>
        <translation>Draft saved %1</translation>
    </message>
    <message>
        <source>Utkastet är sparat och finns under Att göra.</source>
        <translation>The draft is saved and is found under To do.</translation>
    </message>
    <message>
        <source>Utkastet för %1 är borttaget.</source>
        <translation>The draft for %1 is removed.</translation>
    </message>
    <message>
        <source>Ångra</source>
        <translation>Undo</translation>
    </message>
</context>
<context>
    <name>ActivationPresenter</name>
    <message>
        <source>Hämtar uppgifter…</source>
        <translation>Fetching data…</translation>
    </message>
    <message>
        <source>Välj en kund.</source>
        <translation>Choose a customer.</translation>
    </message>
    <message>
        <source>Kontrollen pågår.</source>
        <translation>The check is under way.</translation>
    </message>
    <message>
        <source>Bekräfta först att du har informerat kunden.</source>
        <translation>First confirm that you have informed the customer.</translation>
    </message>
</context>
<context>
    <name>Actors</name>
    <message>
        <source>kunden</source>
        <translation>the customer</translation>
    </message>
    <message>
        <source>Visma Spcs</source>
        <translation>Visma Spcs</translation>
    </message>
    <message>
        <source>servern</source>
        <translation>the server</translation>
    </message>
</context>
<context>
    <name>AdministratorsPage</name>
    <message>
        <source>Vem svarar hos kunden?</source>
        <translation>Who answers at the customer?</translation>
    </message>
    <message>
        <source>Får mejl för att godkänna eller avböja, tjänst för tjänst</source>
        <translation>Gets an e-mail to approve or decline, service by service</translation>
    </message>
    <message>
        <source>Får information med e-post</source>
        <translation>Gets information by e-mail</translation>
    </message>
    <message>
        <source>Huvudkontakten är inte administratör. Därför får alla administratörer frågan. Det första svaret gäller.</source>
        <translation>The main contact is not an administrator. That is why all administrators are asked. The first answer counts.</translation>
    </message>
    <message>
        <source>Administratörer ändras av kunden på vismaspcs.se, inte här.</source>
        <translation>Administrators are changed by the customer on vismaspcs.se, not here.</translation>
    </message>
</context>
<context>
    <name>AttentionCard</name>
    <message>
        <source>Behåll mitt</source>
        <translation>Keep mine</translation>
    </message>
    <message>
        <source>Ta deras</source>
        <translation>Take theirs</translation>
    </message>
    <message>
        <source>Se vad som ändrats…</source>
        <translation>See what has changed…</translation>
    </message>
    <message>
        <source>Visa inbjudan</source>
        <translation>Show invitation</translation>
    </message>
    <message>
        <source>Försök igen</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Kopiera</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>Lägg åt sidan</source>
        <translation>Put aside</translation>
    </message>
    <message>
        <source>Beslutet är inte genomfört. Försök igen när hindret är borta, eller lägg det åt sidan.</source>
        <translation>The decision has not been carried out. Try again when the obstacle is gone, or put it aside.</translation>
    </message>
    <message numerus="yes">
        <source>%n beslut till väntar på det här.</source>
        <translation>
            <numerusform>%n more decision waits for this.</numerusform>
            <numerusform>%n more decisions wait for this.</numerusform>
        </translation>
    </message>
    <message>
        <source>Börja om…</source>
        <translation>Begin again…</translation>
    </message>
    <message>
        <source>Inbjudan skickad %1</source>
        <translation>Invitation sent %1</translation>
    </message>
    <message>
        <source>Skicka igen</source>
        <translation>Send again</translation>
    </message>
    <message>
        <source>Ångra beslutet</source>
        <translation>Take the decision back</translation>
    </message>
    <message>
        <source>Spara valet</source>
        <translation>Save the choice</translation>
    </message>
    <message>
        <source>Visa kunden</source>
        <translation>Show the customer</translation>
    </message>
    <message>
        <source>Det som skulle aktiveras</source>
        <translation>What was to be activated</translation>
    </message>
    <message>
        <source>Skickat</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>Det du beslutade</source>
        <translation>What you decided</translation>
    </message>
    <message>
        <source>beslutat %1</source>
        <translation>decided %1</translation>
    </message>
    <message>
        <source>Senast ändrat av %1</source>
        <translation>Last changed by %1</translation>
    </message>
    <message>
        <source>Välj mitt eller deras för varje uppgift först.</source>
        <translation>Choose mine or theirs for each field first.</translation>
    </message>
</context>
<context>
    <name>AttentionListModel</name>
    <message>
        <source>Att åtgärda</source>
        <translation>Needs you</translation>
    </message>
</context>
<context>
    <name>AttentionPage</name>
    <message>
        <source>Att åtgärda</source>
        <translation>Needs you</translation>
    </message>
    <message numerus="yes">
        <source>%n beslut ångrades innan de skickades</source>
        <translation>
            <numerusform>%n decision was undone before it was sent</numerusform>
            <numerusform>%n decisions were undone before they were sent</numerusform>
        </translation>
    </message>
    <message>
        <source>Beslutet ångras så snart servern har svarat</source>
        <translation>The decision is taken back as soon as the server has answered</translation>
    </message>
    <message>
        <source>Beslutet ligger i utkorgen igen</source>
        <translation>The decision is in the outbox again</translation>
    </message>
    <message>
        <source>Texten är kopierad</source>
        <translation>The text is copied</translation>
    </message>
</context>
<context>
    <name>BulkDialog</name>
    <message>
        <source>Välj minst en rad.</source>
        <translation>Choose at least one row.</translation>
    </message>
    <message numerus="yes">
        <source>%n klara</source>
        <translation>
            <numerusform>%n done</numerusform>
            <numerusform>%n done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n gick inte</source>
        <translation>
            <numerusform>%n did not work</numerusform>
            <numerusform>%n did not work</numerusform>
        </translation>
    </message>
    <message>
        <source>Sparas …</source>
        <translation>Saving …</translation>
    </message>
    <message>
        <source>De som inte gick är oförändrade. Här står varför.</source>
        <translation>Those that did not work are unchanged. Here is why.</translation>
    </message>
    <message>
        <source>Stäng</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Hämtar …</source>
        <translation>Fetching …</translation>
    </message>
    <message>
        <source>Sparar %1 av %2 …</source>
        <translation>Saving %1 of %2 …</translation>
    </message>
    <message>
        <source>Det finns inget att göra här</source>
        <translation>There is nothing to do here</translation>
    </message>
</context>
<context>
    <name>CandidateButton</name>
    <message>
        <source>%1 av 100</source>
        <translation>%1 of 100</translation>
    </message>
    <message>
        <source>%1, %2, %3 poäng av 100</source>
        <translation>%1, %2, %3 points of 100</translation>
    </message>
    <message>
        <source>org.nr saknas</source>
        <translation>no org. no.</translation>
    </message>
    <message>
        <source>arkiverad</source>
        <translation>archived</translation>
    </message>
</context>
<context>
    <name>CardLayout</name>
    <message>
        <source>Sök bland byråns kunder</source>
        <translation>Search the firm&apos;s customers</translation>
    </message>
    <message>
        <source>Föregående samarbete</source>
        <translation>Previous collaboration</translation>
    </message>
    <message>
        <source>Nästa samarbete</source>
        <translation>Next collaboration</translation>
    </message>
    <message>
        <source>Tillgång</source>
        <translation>Access</translation>
    </message>
    <message>
        <source>Ingen av dessa</source>
        <translation>None of these</translation>
    </message>
    <message>
        <source>Skapa kund</source>
        <translation>Create customer</translation>
    </message>
    <message>
        <source>Senare</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>Ta upp igen</source>
        <translation>Take up again</translation>
    </message>
    <message>
        <source>Försök igen</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Återställ kund, skapa uppdrag och koppla</source>
        <translation>Restore customer, create engagement and link</translation>
    </message>
    <message>
        <source>Skapa uppdrag och koppla</source>
        <translation>Create engagement and link</translation>
    </message>
    <message>
        <source>Återställ kund och koppla</source>
        <translation>Restore customer and link</translation>
    </message>
    <message>
        <source>Koppla</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>↑↓ rad · 1–9 förslag · F sök kund · U uppdrag · T tjänst · ? visar alla tangenter</source>
        <translation>↑↓ row · 1–9 suggestion · F find customer · U engagement · T service · ? shows all keys</translation>
    </message>
    <message>
        <source>Återställ, skapa och koppla</source>
        <translation>Restore, create and link</translation>
    </message>
</context>
<context>
    <name>ChangeDialog</name>
    <message>
        <source>Ändra samarbeten</source>
        <translation>Change collaborations</translation>
    </message>
    <message>
        <source>Spara ändringarna</source>
        <translation>Save the changes</translation>
    </message>
    <message>
        <source>Hämtar …</source>
        <translation>Fetching …</translation>
    </message>
    <message>
        <source>Stäng</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Ändra samarbete</source>
        <translation>Change collaboration</translation>
    </message>
    <message numerus="yes">
        <source>Ändra %n samarbeten</source>
        <translation>
            <numerusform>Change %n collaboration</numerusform>
            <numerusform>Change %n collaborations</numerusform>
        </translation>
    </message>
    <message>
        <source> och %1 till</source>
        <translation> and %1 more</translation>
    </message>
    <message>
        <source>Oförändrat</source>
        <translation>Unchanged</translation>
    </message>
    <message>
        <source>Uppdrag saknas</source>
        <translation>Engagement missing</translation>
    </message>
    <message>
        <source>ovanlig typ för tjänsten</source>
        <translation>unusual type for the service</translation>
    </message>
    <message>
        <source>Kundens uppdrag av typen %1</source>
        <translation>The customer&apos;s engagement of the type %1</translation>
    </message>
    <message>
        <source>Uppdrag</source>
        <translation>Engagement</translation>
    </message>
    <message>
        <source>ingen</source>
        <translation>nobody</translation>
    </message>
    <message>
        <source>Får tillgång: %1. Förlorar tillgång: %2.</source>
        <translation>Gains access: %1. Loses access: %2.</translation>
    </message>
    <message>
        <source>Bara aktiva samarbeten som hör till en kund kan ändras.</source>
        <translation>Only active collaborations that belong to a customer can be changed.</translation>
    </message>
    <message>
        <source>Ingenting är ändrat än.</source>
        <translation>Nothing has been changed yet.</translation>
    </message>
    <message>
        <source>Den nya varianten innehåller mindre än den som kunden har i dag. Det försvinner: %1.</source>
        <translation>The new variant contains less than the one the customer has today. Lost: %1.</translation>
    </message>
    <message>
        <source>Kunden får mindre.</source>
        <translation>The customer gets less.</translation>
    </message>
    <message>
        <source>Sparas …</source>
        <translation>Saving …</translation>
    </message>
    <message numerus="yes">
        <source>%n samarbeten ändras</source>
        <translation>
            <numerusform>%n collaboration is being changed</numerusform>
            <numerusform>%n collaborations are being changed</numerusform>
        </translation>
    </message>
    <message>
        <source>Ändringen är på väg.</source>
        <translation>The change is on its way.</translation>
    </message>
    <message numerus="yes">
        <source>%n klara</source>
        <translation>
            <numerusform>%n done</numerusform>
            <numerusform>%n done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n gick inte</source>
        <translation>
            <numerusform>%n did not work</numerusform>
            <numerusform>%n did not work</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 ändras inte: bara aktiva samarbeten som hör till en kund kan ändras.</source>
        <translation>%1 are not changed: only active collaborations that belong to a customer can be changed.</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>Är kunden registrerad hos Visma Spcs?</source>
        <translation>Is the customer registered with Visma Spcs?</translation>
    </message>
    <message>
        <source>Kontrollera igen</source>
        <translation>Check again</translation>
    </message>
    <message>
        <source>Kontrollera nu</source>
        <translation>Check now</translation>
    </message>
    <message>
        <source>Kontrollen pågår.</source>
        <translation>The check is under way.</translation>
    </message>
    <message>
        <source>Kontrollerar hos Visma Spcs</source>
        <translation>Checking with Visma Spcs</translation>
    </message>
    <message>
        <source>Frågan gäller %1 (%2)</source>
        <translation>The question is about %1 (%2)</translation>
    </message>
    <message>
        <source>Kontrollerar hos Visma Spcs…</source>
        <translation>Checking with Visma Spcs…</translation>
    </message>
    <message>
        <source>Du är offline.</source>
        <translation>You are offline.</translation>
    </message>
    <message>
        <source>Kontrollen görs innan något skickas.</source>
        <translation>The check is made before anything is sent.</translation>
    </message>
    <message>
        <source>Kontrollen gjordes %1.</source>
        <translation>The check was made %1.</translation>
    </message>
    <message>
        <source>Den görs om innan något skickas.</source>
        <translation>It is made again before anything is sent.</translation>
    </message>
    <message>
        <source>Används: %1</source>
        <translation>Used: %1</translation>
    </message>
    <message>
        <source>Kundens tjänster hos Visma Spcs</source>
        <translation>The customer&apos;s services with Visma Spcs</translation>
    </message>
    <message>
        <source>Inga tjänster</source>
        <translation>No services</translation>
    </message>
    <message>
        <source>Kundnr hos Visma Spcs</source>
        <translation>Customer no. at Visma Spcs</translation>
    </message>
    <message>
        <source>Byt kundnummer…</source>
        <translation>Change customer number…</translation>
    </message>
    <message>
        <source>Administratörer på vismaspcs.se</source>
        <translation>Administrators at vismaspcs.se</translation>
    </message>
    <message>
        <source>Huvudkontakt</source>
        <translation>Main contact</translation>
    </message>
    <message>
        <source>Ingen administratör</source>
        <translation>No administrator</translation>
    </message>
</context>
<context>
    <name>ChecksModel</name>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>Kundnr</source>
        <translation>Cust. no.</translation>
    </message>
    <message>
        <source>Svar</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>Kontroll</source>
        <translation>Check</translation>
    </message>
</context>
<context>
    <name>ChosenCustomers</name>
    <message numerus="yes">
        <source>%n kunder ändrade</source>
        <translation>
            <numerusform>%n customer changed</numerusform>
            <numerusform>%n customers changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rader kopierade</source>
        <translation>
            <numerusform>%n row copied</numerusform>
            <numerusform>%n rows copied</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClashDialog</name>
    <message>
        <source>En kollega hann före</source>
        <translation>A colleague was first</translation>
    </message>
    <message>
        <source>Kopplat nu</source>
        <translation>Linked now</translation>
    </message>
    <message>
        <source>Du valde</source>
        <translation>You chose</translation>
    </message>
    <message>
        <source>Om du byter till ditt</source>
        <translation>If you change to yours</translation>
    </message>
    <message>
        <source>Om kopplingen tas bort</source>
        <translation>If the link is removed</translation>
    </message>
    <message>
        <source>Behåll kollegans</source>
        <translation>Keep the colleague&apos;s</translation>
    </message>
    <message>
        <source>Byt till mitt val</source>
        <translation>Change to my choice</translation>
    </message>
    <message>
        <source>Ta bort kopplingen</source>
        <translation>Remove the link</translation>
    </message>
    <message>
        <source>Hämtar …</source>
        <translation>Fetching …</translation>
    </message>
    <message>
        <source>%1 hann före dig, och ditt val gäller inte. Välj hur det ska vara.</source>
        <translation>%1 was before you, and your choice does not apply. Choose how it is to be.</translation>
    </message>
    <message>
        <source>En kollega</source>
        <translation>A colleague</translation>
    </message>
    <message>
        <source>Det är %1 att välja om.</source>
        <translation>There are %1 to choose about.</translation>
    </message>
    <message>
        <source>inte kopplat längre</source>
        <translation>no longer linked</translation>
    </message>
    <message>
        <source>Sparar …</source>
        <translation>Saving …</translation>
    </message>
</context>
<context>
    <name>CloseDialog</name>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>Uppdrag</source>
        <translation>Engagement</translation>
    </message>
    <message>
        <source>Samarbeten</source>
        <translation>Collaborations</translation>
    </message>
    <message>
        <source>Avsluta uppdrag</source>
        <translation>Close engagement</translation>
    </message>
    <message>
        <source>Avsluta uppdragen</source>
        <translation>Close the engagements</translation>
    </message>
    <message>
        <source>Lämna samarbetena okopplade</source>
        <translation>Leave the collaborations unlinked</translation>
    </message>
    <message>
        <source>Rulla till nytt uppdrag i stället…</source>
        <translation>Roll to a new engagement instead…</translation>
    </message>
    <message>
        <source>Hämtar …</source>
        <translation>Fetching …</translation>
    </message>
    <message>
        <source>okänd tjänst</source>
        <translation>unknown service</translation>
    </message>
    <message>
        <source>inga</source>
        <translation>none</translation>
    </message>
    <message>
        <source>Rulla uppdragen, eller välj att lämna samarbetena okopplade.</source>
        <translation>Roll the engagements, or choose to leave the collaborations unlinked.</translation>
    </message>
    <message numerus="yes">
        <source>%n uppdrag har samarbeten. De fortsätter hos Visma Spcs men blir okopplade här.</source>
        <translation>
            <numerusform>%n engagement has collaborations. They go on at Visma Spcs but become unlinked here.</numerusform>
            <numerusform>%n engagements have collaborations. They go on at Visma Spcs but become unlinked here.</numerusform>
        </translation>
    </message>
    <message>
        <source>Förlorar tillgång: %1</source>
        <translation>Loses access: %1</translation>
    </message>
    <message>
        <source>ingen</source>
        <translation>nobody</translation>
    </message>
    <message>
        <source>Avslutat.</source>
        <translation>Closed.</translation>
    </message>
    <message numerus="yes">
        <source>%n uppdrag avslutas</source>
        <translation>
            <numerusform>%n engagement is being closed</numerusform>
            <numerusform>%n engagements are being closed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CollaborationBar</name>
    <message>
        <source>Öppna tjänsten</source>
        <translation>Open the service</translation>
    </message>
    <message>
        <source>Ändra…</source>
        <translation>Change…</translation>
    </message>
    <message>
        <source>Ångra avslut</source>
        <translation>Cancel the end</translation>
    </message>
    <message>
        <source>Avsluta…</source>
        <translation>End…</translation>
    </message>
    <message numerus="yes">
        <source>%n markerade</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
    <message>
        <source>Välj ett samarbete först.</source>
        <translation>Choose a collaboration first.</translation>
    </message>
    <message>
        <source>Välj ett enda samarbete.</source>
        <translation>Choose one collaboration only.</translation>
    </message>
    <message>
        <source>Bara aktiva samarbeten som hör till en kund kan ändras.</source>
        <translation>Only active collaborations that belong to a customer can be changed.</translation>
    </message>
    <message>
        <source>Samarbetet ska inte avslutas på ett datum.</source>
        <translation>The collaboration is not to end on a date.</translation>
    </message>
    <message>
        <source>Kunden har inte svarat än. Dra tillbaka inbjudan i stället.</source>
        <translation>The customer has not answered yet. Withdraw the invitation instead.</translation>
    </message>
    <message>
        <source>Bara ett aktivt samarbete kan avslutas.</source>
        <translation>Only an active collaboration can be ended.</translation>
    </message>
    <message>
        <source>Koppla samarbetet till en kund först.</source>
        <translation>Link the collaboration to a customer first.</translation>
    </message>
    <message>
        <source>Välj samarbeten med en och samma kund.</source>
        <translation>Choose collaborations with one and the same customer.</translation>
    </message>
    <message numerus="yes">
        <source>Ska %n samarbeten fortsätta?</source>
        <translation>
            <numerusform>Shall %n collaboration go on?</numerusform>
            <numerusform>Shall %n collaborations go on?</numerusform>
        </translation>
    </message>
    <message>
        <source>Avslutet ångras hos Visma Spcs och byråns medarbetare behåller sin tillgång.</source>
        <translation>The end is cancelled at Visma Spcs and the firm&apos;s staff keep their access.</translation>
    </message>
    <message>
        <source>Behåll avslutet</source>
        <translation>Keep the end</translation>
    </message>
    <message numerus="yes">
        <source>%n avslut ångras</source>
        <translation>
            <numerusform>%n end is cancelled</numerusform>
            <numerusform>%n ends are cancelled</numerusform>
        </translation>
    </message>
    <message>
        <source>Välj ett eller flera samarbeten</source>
        <translation>Choose one or more collaborations</translation>
    </message>
    <message>
        <source>Koppling…</source>
        <translation>Link…</translation>
    </message>
    <message>
        <source>Flytta eller ta bort kopplingen…</source>
        <translation>Move or remove the link…</translation>
    </message>
    <message>
        <source>Samarbetet hör inte till någon kund än. Koppla det under Okopplade.</source>
        <translation>The collaboration belongs to no customer yet. Link it under Unlinked.</translation>
    </message>
    <message>
        <source>Samarbetet är över.</source>
        <translation>The collaboration is over.</translation>
    </message>
</context>
<context>
    <name>CollaborationListModel</name>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>Tjänst</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Uppdrag</source>
        <translation>Engagement</translation>
    </message>
    <message>
        <source>Fakturamottagare</source>
        <translation>Payer</translation>
    </message>
    <message>
        <source>Avtalsperiod</source>
        <translation>Agreement period</translation>
    </message>
    <message>
        <source>Startat</source>
        <translation>Started</translation>
    </message>
    <message>
        <source>(namn saknas)</source>
        <translation>(no name)</translation>
    </message>
    <message>
        <source>Byrån</source>
        <translation>The firm</translation>
    </message>
    <message>
        <source>Kunden</source>
        <translation>The customer</translation>
    </message>
    <message numerus="yes">
        <source>%n månader</source>
        <translation>
            <numerusform>%n month</numerusform>
            <numerusform>%n months</numerusform>
        </translation>
    </message>
    <message>
        <source>Okänd tjänst</source>
        <translation>Unknown service</translation>
    </message>
    <message>
        <source>Uppdragsansvarig</source>
        <translation>Engagement owner</translation>
    </message>
    <message>
        <source>Kundansvarig</source>
        <translation>Account manager</translation>
    </message>
    <message>
        <source>Gick inte</source>
        <translation>Did not work</translation>
    </message>
    <message>
        <source>Läge</source>
        <translation>State</translation>
    </message>
</context>
<context>
    <name>CollaborationsPane</name>
    <message>
        <source>Samarbeten</source>
        <translation>Collaborations</translation>
    </message>
    <message>
        <source>Sök kund, org.nr eller uppdrag</source>
        <translation>Search customer, org. no. or engagement</translation>
    </message>
    <message>
        <source>Tjänst</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Alla</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Aktiva</source>
        <translation>Active</translation>
    </message>
    <message>
        <source>Väntar på kund</source>
        <translation>Waiting for the customer</translation>
    </message>
    <message>
        <source>På väg</source>
        <translation>On the way</translation>
    </message>
    <message>
        <source>Att åtgärda</source>
        <translation>Needs you</translation>
    </message>
    <message>
        <source>Avslutas</source>
        <translation>Ending</translation>
    </message>
    <message>
        <source>Okopplade</source>
        <translation>Unlinked</translation>
    </message>
    <message>
        <source>Avslutade</source>
        <translation>Ended</translation>
    </message>
    <message numerus="yes">
        <source>%n samarbeten</source>
        <translation>
            <numerusform>%n collaboration</numerusform>
            <numerusform>%n collaborations</numerusform>
        </translation>
    </message>
    <message>
        <source>uppgifter från %1</source>
        <translation>data from %1</translation>
    </message>
    <message>
        <source>Alla tjänster</source>
        <translation>All services</translation>
    </message>
    <message>
        <source>Okänd tjänst</source>
        <translation>Unknown service</translation>
    </message>
    <message>
        <source>%1 rader</source>
        <translation>%1 rows</translation>
    </message>
    <message>
        <source>Inget samarbete passar</source>
        <translation>No collaboration matches</translation>
    </message>
    <message>
        <source>Sök på något annat eller ta bort filtret.</source>
        <translation>Search for something else or remove the filter.</translation>
    </message>
    <message>
        <source>Visa alla</source>
        <translation>Show all</translation>
    </message>
    <message>
        <source>Inga samarbeten ännu</source>
        <translation>No collaborations yet</translation>
    </message>
    <message>
        <source>Aktivera en tjänst för en kund, eller koppla samarbeten som finns hos Visma.</source>
        <translation>Activate a service for a customer, or link collaborations that exist with Visma.</translation>
    </message>
    <message>
        <source>Uppdragstyp</source>
        <translation>Type of engagement</translation>
    </message>
    <message>
        <source>Uppdragsansvarig</source>
        <translation>Engagement owner</translation>
    </message>
    <message>
        <source>Kundansvarig</source>
        <translation>Account manager</translation>
    </message>
    <message>
        <source>Ordna efter</source>
        <translation>Sort by</translation>
    </message>
    <message>
        <source>Efter kund</source>
        <translation>By customer</translation>
    </message>
    <message>
        <source>Efter tjänst</source>
        <translation>By service</translation>
    </message>
    <message>
        <source>Efter uppdrag</source>
        <translation>By engagement</translation>
    </message>
    <message>
        <source>Efter startdatum</source>
        <translation>By start date</translation>
    </message>
    <message>
        <source>Alla uppdragstyper</source>
        <translation>All types of engagement</translation>
    </message>
    <message>
        <source>Alla uppdragsansvariga</source>
        <translation>All engagement owners</translation>
    </message>
    <message>
        <source>Alla kundansvariga</source>
        <translation>All account managers</translation>
    </message>
    <message>
        <source>Efter läge</source>
        <translation>By state</translation>
    </message>
</context>
<context>
    <name>ColleaguesModel</name>
    <message>
        <source>Medarbetare</source>
        <translation>Staff member</translation>
    </message>
    <message>
        <source>har slutat %1</source>
        <translation>left %1</translation>
    </message>
    <message>
        <source>slutar %1</source>
        <translation>leaves %1</translation>
    </message>
    <message numerus="yes">
        <source>%n uppdrag</source>
        <translation>
            <numerusform>%n engagement</numerusform>
            <numerusform>%n engagements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kunder</source>
        <translation>
            <numerusform>%n customer</numerusform>
            <numerusform>%n customers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ColumnsDialog</name>
    <message>
        <source>Kolumner</source>
        <translation>Columns</translation>
    </message>
    <message>
        <source>Kryssa för det som ska visas och flytta det till sin plats.</source>
        <translation>Tick what is to be shown and move it to its place.</translation>
    </message>
    <message>
        <source>Flytta upp</source>
        <translation>Move up</translation>
    </message>
    <message>
        <source>Flytta ned</source>
        <translation>Move down</translation>
    </message>
    <message>
        <source>Återställ</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>Visa kolumnerna</source>
        <translation>Show the columns</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Gå till kund eller kommando</source>
        <translation>Go to customer or command</translation>
    </message>
    <message>
        <source>Sök kund, skärm eller kommando</source>
        <translation>Search customer, screen or command</translation>
    </message>
    <message>
        <source>Träffar</source>
        <translation>Hits</translation>
    </message>
    <message>
        <source>Inget hittades</source>
        <translation>Nothing was found</translation>
    </message>
    <message>
        <source>Här finns skärmar, kommandon, tjänster och kunder.</source>
        <translation>Screens, commands, services and customers are found here.</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Ny kund</source>
        <translation>New customer</translation>
    </message>
    <message>
        <source>Ändra kund</source>
        <translation>Change customer</translation>
    </message>
    <message>
        <source>Arkivera kund</source>
        <translation>Archive customer</translation>
    </message>
    <message>
        <source>Återställ kund</source>
        <translation>Restore customer</translation>
    </message>
    <message>
        <source>Ny kontaktperson</source>
        <translation>New contact person</translation>
    </message>
    <message>
        <source>Ändra kontaktperson</source>
        <translation>Change contact person</translation>
    </message>
    <message>
        <source>Ta bort kontaktperson</source>
        <translation>Remove contact person</translation>
    </message>
    <message>
        <source>Nytt uppdrag</source>
        <translation>New engagement</translation>
    </message>
    <message>
        <source>Ändra uppdrag</source>
        <translation>Change engagement</translation>
    </message>
    <message>
        <source>Avsluta uppdrag</source>
        <translation>Close engagement</translation>
    </message>
    <message>
        <source>Ny deltagare på uppdrag</source>
        <translation>New participant of engagement</translation>
    </message>
    <message>
        <source>Deltagare slutar på uppdrag</source>
        <translation>Participant leaves engagement</translation>
    </message>
    <message>
        <source>Aktivera tjänst</source>
        <translation>Activate service</translation>
    </message>
    <message>
        <source>Fortsätt aktivering</source>
        <translation>Go on with activation</translation>
    </message>
    <message>
        <source>Avbryt aktivering</source>
        <translation>Cancel activation</translation>
    </message>
    <message>
        <source>Påminn om inbjudan</source>
        <translation>Remind of invitation</translation>
    </message>
    <message>
        <source>Skicka inbjudan igen</source>
        <translation>Send invitation again</translation>
    </message>
    <message>
        <source>Dra tillbaka inbjudan</source>
        <translation>Withdraw invitation</translation>
    </message>
    <message>
        <source>Välj tjänst för samarbete</source>
        <translation>Choose service for collaboration</translation>
    </message>
    <message>
        <source>Koppla samarbete</source>
        <translation>Link collaboration</translation>
    </message>
    <message>
        <source>Ta bort koppling</source>
        <translation>Remove link</translation>
    </message>
    <message>
        <source>Byt uppdrag för samarbete</source>
        <translation>Change engagement of collaboration</translation>
    </message>
    <message>
        <source>Beslut om okopplat samarbete</source>
        <translation>Decision about unlinked collaboration</translation>
    </message>
    <message>
        <source>Ta upp okopplat samarbete igen</source>
        <translation>Take up unlinked collaboration again</translation>
    </message>
    <message>
        <source>Rulla till nytt uppdrag</source>
        <translation>Roll over to a new engagement</translation>
    </message>
    <message>
        <source>Byt medarbetare på uppdrag</source>
        <translation>Replace staff on engagement</translation>
    </message>
    <message>
        <source>Ändra medarbetare</source>
        <translation>Change staff member</translation>
    </message>
    <message>
        <source>Medarbetare slutar</source>
        <translation>Staff member leaves</translation>
    </message>
    <message>
        <source>Ändra byråns inställningar</source>
        <translation>Change the firm&apos;s settings</translation>
    </message>
    <message>
        <source>Visa personnummer</source>
        <translation>Show personal number</translation>
    </message>
    <message>
        <source>Välj huvudkontakt</source>
        <translation>Choose main contact</translation>
    </message>
    <message>
        <source>Skicka inloggningsinstruktioner igen</source>
        <translation>Send login instructions again</translation>
    </message>
    <message>
        <source>Ändra samarbete</source>
        <translation>Change collaboration</translation>
    </message>
    <message>
        <source>Avsluta samarbete</source>
        <translation>End collaboration</translation>
    </message>
    <message>
        <source>Låt samarbetet fortsätta</source>
        <translation>Let the collaboration go on</translation>
    </message>
</context>
<context>
    <name>ConflictFields</name>
    <message>
        <source>Mitt</source>
        <translation>Mine</translation>
    </message>
    <message>
        <source>Deras</source>
        <translation>Theirs</translation>
    </message>
    <message>
        <source>Vad jag såg</source>
        <translation>What I saw</translation>
    </message>
</context>
<context>
    <name>ContactForm</name>
    <message>
        <source>Ändra kontakt</source>
        <translation>Change contact</translation>
    </message>
    <message>
        <source>Lägg till kontakt</source>
        <translation>Add contact</translation>
    </message>
    <message>
        <source>Spara</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Namn</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>E-post</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Telefon</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>Huvudkontakt hos byrån</source>
        <translation>Main contact for the firm</translation>
    </message>
</context>
<context>
    <name>ContactPage</name>
    <message>
        <source>Vem är kontaktperson hos kunden?</source>
        <translation>Who is the contact person at the customer?</translation>
    </message>
    <message>
        <source>Uppgifterna sparas då även på kunden här i programmet.</source>
        <translation>The details are then saved on the customer in this program, too.</translation>
    </message>
    <message>
        <source>Uppgifterna behövs bara om kunden inte är registrerad hos Visma Spcs.</source>
        <translation>The details are needed only if the customer is not registered with Visma Spcs.</translation>
    </message>
    <message>
        <source>Är kunden redan registrerad används de inte.</source>
        <translation>If the customer is registered already, they are not used.</translation>
    </message>
    <message>
        <source>Kontaktpersonen blir administratör och huvudkontakt hos Visma Spcs.</source>
        <translation>The contact person becomes administrator and main contact with Visma Spcs.</translation>
    </message>
    <message>
        <source>Uppgifterna sparas på vismaspcs.se och inloggningsinstruktionerna skickas hit.</source>
        <translation>The details are saved on vismaspcs.se and the login instructions are sent here.</translation>
    </message>
    <message>
        <source>Kontakt</source>
        <translation>Contact</translation>
    </message>
    <message>
        <source>Spara på kunden</source>
        <translation>Save on the customer</translation>
    </message>
    <message>
        <source>Namn</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>E-post</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Telefon (frivilligt)</source>
        <translation>Telephone (optional)</translation>
    </message>
    <message>
        <source>Gatuadress</source>
        <translation>Street address</translation>
    </message>
    <message>
        <source>Postnummer</source>
        <translation>Postal code</translation>
    </message>
    <message>
        <source>Ort</source>
        <translation>Town</translation>
    </message>
    <message>
        <source>Ny kontaktperson</source>
        <translation>New contact person</translation>
    </message>
</context>
<context>
    <name>ContactsCard</name>
    <message>
        <source>Ingen kontaktperson. Den behövs när en tjänst aktiveras.</source>
        <translation>No contact person. One is needed when a service is activated.</translation>
    </message>
    <message>
        <source>huvudkontakt</source>
        <translation>main contact</translation>
    </message>
    <message>
        <source>Ändra…</source>
        <translation>Change…</translation>
    </message>
    <message>
        <source>Ändra %1</source>
        <translation>Change %1</translation>
    </message>
    <message>
        <source>Ta bort</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>Ta bort %1</source>
        <translation>Remove %1</translation>
    </message>
    <message>
        <source>Gör en annan person till huvudkontakt först.</source>
        <translation>Make another person main contact first.</translation>
    </message>
    <message>
        <source>E-post saknas</source>
        <translation>No e-mail address</translation>
    </message>
</context>
<context>
    <name>CorrectDialog</name>
    <message>
        <source>Rätta adress och skicka igen</source>
        <translation>Correct address and send again</translation>
    </message>
    <message>
        <source>Inbjudan till %1 skickas med en ny länk. Den gamla länken slutar fungera.</source>
        <translation>The invitation to %1 is sent with a new link. The old link stops working.</translation>
    </message>
    <message>
        <source>E-post till %1</source>
        <translation>E-mail to %1</translation>
    </message>
    <message>
        <source>godkänner</source>
        <translation>approves</translation>
    </message>
    <message>
        <source>får information</source>
        <translation>gets information</translation>
    </message>
    <message>
        <source>Avbryt</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Skicka igen</source>
        <translation>Send again</translation>
    </message>
    <message>
        <source>Fyll i en e-postadress.</source>
        <translation>Enter an e-mail address.</translation>
    </message>
    <message>
        <source>”%1” är ingen e-postadress.</source>
        <translation>“%1” is not an e-mail address.</translation>
    </message>
    <message>
        <source>E-posten till den här adressen studsade.</source>
        <translation>The e-mail to this address bounced.</translation>
    </message>
    <message>
        <source>Den här adressen nekades av mottagarens e-postserver.</source>
        <translation>This address was refused by the recipient&apos;s mail server.</translation>
    </message>
</context>
<context>
    <name>CustomerBrief</name>
    <message>
        <source>Underlag till kund</source>
        <translation>Information for the customer</translation>
    </message>
    <message>
        <source>Organisationsnummer</source>
        <translation>Organisation number</translation>
    </message>
    <message>
        <source>Tjänster</source>
        <translation>Services</translation>
    </message>
    <message>
        <source>Namn</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>E-post</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Byråns tillgång</source>
        <translation>The firm&apos;s access</translation>
    </message>
    <message>
        <source>Kunden bestämmer själv</source>
        <translation>The customer decides</translation>
    </message>
    <message>
        <source>Tjänst</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Uppdrag</source>
        <translation>Engagement</translation>
    </message>
    <message>
        <source>Villkor</source>
        <translation>Terms</translation>
    </message>
    <message>
        <source>Inloggningsinstruktioner</source>
        <translation>Login instructions</translation>
    </message>
    <message>
        <source>Huvudkontakt: godkänner eller avböjer</source>
        <translation>Main contact: approves or declines</translation>
    </message>
    <message>
        <source>Administratör: godkänner eller avböjer</source>
        <translation>Administrator: approves or declines</translation>
    </message>
    <message>
        <source>Administratör: informeras</source>
        <translation>Administrator: is informed</translation>
    </message>
    <message>
        <source>Personnummer</source>
        <translation>Personal number</translation>
    </message>
    <message>
        <source>E-post från Visma Spcs</source>
        <translation>E-mail from Visma Spcs</translation>
    </message>
    <message>
        <source>Administratörer på vismaspcs.se</source>
        <translation>Administrators at vismaspcs.se</translation>
    </message>
    <message>
        <source>Om kunden redan är registrerad: får frågan i stället</source>
        <translation>If the customer is already registered: they are asked instead</translation>
    </message>
    <message>
        <source>Vad mejlet gäller</source>
        <translation>What the e-mail is about</translation>
    </message>
    <message>
        <source>Uppgifter som registreras hos Visma Spcs</source>
        <translation>Details that are registered with Visma Spcs</translation>
    </message>
    <message>
        <source>Uppgifter som registreras om kunden inte finns hos Visma Spcs</source>
        <translation>Details that are registered if Visma Spcs does not have the customer</translation>
    </message>
    <message>
        <source>%1, blir administratör och huvudkontakt</source>
        <translation>%1, becomes administrator and main contact</translation>
    </message>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>Kontaktperson</source>
        <translation>Contact person</translation>
    </message>
    <message>
        <source>Telefon</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>Postadress</source>
        <translation>Postal address</translation>
    </message>
    <message>
        <source>Uppdragsansvarig</source>
        <translation>Engagement owner</translation>
    </message>
    <message>
        <source>Deltagare</source>
        <translation>Participant</translation>
    </message>
    <message>
        <source>Ingen på %1 deltar i uppdraget i dag.</source>
        <translation>Nobody at %1 works on the engagement today.</translation>
    </message>
    <message>
        <source>Medarbetare</source>
        <translation>Staff member</translation>
    </message>
    <message>
        <source>Roll</source>
        <translation>Role</translation>
    </message>
</context>
<context>
    <name>CustomerDialog</name>
    <message>
        <source>Juridisk person</source>
        <translation>Legal person</translation>
    </message>
    <message>
        <source>Enskild firma</source>
        <translation>Sole trader</translation>
    </message>
    <message>
        <source>Privatperson</source>
        <translation>Private person</translation>
    </message>
    <message>
        <source>Dödsbo</source>
        <translation>Estate</translation>
    </message>
    <message>
        <source>Förening utan organisationsnummer</source>
        <translation>Association without a number</translation>
    </message>
    <message>
        <source>Utländskt företag</source>
        <translation>Foreign company</translation>
    </message>
    <message>
        <source>Skapa kund och koppla</source>
        <translation>Create customer and link</translation>
    </message>
    <message>
        <source>Skapa och koppla</source>
        <translation>Create and link</translation>
    </message>
    <message>
        <source>Ort</source>
        <translation>Town</translation>
    </message>
    <message>
        <source>Namn</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Kundtyp</source>
        <translation>Kind of customer</translation>
    </message>
    <message>
        <source>Org.nr eller personnr</source>
        <translation>Org. or personal no.</translation>
    </message>
    <message>
        <source>Kundnr</source>
        <translation>Customer no.</translation>
    </message>
    <message>
        <source>Kontaktperson</source>
        <translation>Contact</translation>
    </message>
    <message>
        <source>E-post</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Telefon</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>Postnr och ort</source>
        <translation>Postal code and town</translation>
    </message>
    <message>
        <source>Kopplas till</source>
        <translation>Linked to</translation>
    </message>
    <message>
        <source>Uppgifterna är hämtade från samarbetet hos Visma. Kund, uppdrag och koppling ångras i ett steg.</source>
        <translation>The details come from the collaboration at Visma. Customer, engagement and link are undone in one step.</translation>
    </message>
    <message>
        <source>Sparar …</source>
        <translation>Saving …</translation>
    </message>
</context>
<context>
    <name>CustomerForm</name>
    <message>
        <source>Ändra kund</source>
        <translation>Change customer</translation>
    </message>
    <message>
        <source>Spara</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Namn</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Kundnr</source>
        <translation>Cust. no.</translation>
    </message>
    <message>
        <source>Gatuadress</source>
        <translation>Street address</translation>
    </message>
    <message>
        <source>Postnummer</source>
        <translation>Postal code</translation>
    </message>
    <message>
        <source>Ort</source>
        <translation>Town</translation>
    </message>
    <message>
        <source>Kontor</source>
        <translation>Office</translation>
    </message>
    <message>
        <source>Räkenskapsårets slut (månad-dag)</source>
        <translation>End of fiscal year (month-day)</translation>
    </message>
    <message>
        <source>Kundansvarig</source>
        <translation>Account manager</translation>
    </message>
    <message>
        <source>Ingen</source>
        <translation>Nobody</translation>
    </message>
    <message>
        <source>Kundkännedom</source>
        <translation>Customer due diligence</translation>
    </message>
    <message>
        <source>Inte påbörjad</source>
        <translation>Not begun</translation>
    </message>
    <message>
        <source>Pågår</source>
        <translation>Ongoing</translation>
    </message>
    <message>
        <source>Klar</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>Ses över senast</source>
        <translation>Review by</translation>
    </message>
    <message>
        <source>Klar den</source>
        <translation>Done on</translation>
    </message>
    <message>
        <source>Uppdragsavtal</source>
        <translation>Engagement letter</translation>
    </message>
    <message>
        <source>Saknas</source>
        <translation>Missing</translation>
    </message>
    <message>
        <source>Skickat</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>Klart</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>Kryssa för Ses över senast först.</source>
        <translation>Tick Review by first.</translation>
    </message>
    <message>
        <source>Avtalet klart den</source>
        <translation>Letter done on</translation>
    </message>
</context>
<context>
    <name>CustomerForms</name>
    <message>
        <source>Skriv ett namn.</source>
        <translation>Type a name.</translation>
    </message>
    <message>
        <source>E-postadressen är inte skriven som en adress.</source>
        <translation>The e-mail address is not written as an address.</translation>
    </message>
    <message>
        <source>Telefonnumret går inte att förstå.</source>
        <translation>The phone number cannot be understood.</translation>
    </message>
    <message>
        <source>Skriv räkenskapsårets slut som månad och dag, till exempel 12-31.</source>
        <translation>Type the end of the fiscal year as month and day, for example 12-31.</translation>
    </message>
    <message>
        <source>%1: högst %2 tecken, inte %3.</source>
        <translation>%1: at most %2 characters, not %3.</translation>
    </message>
    <message>
        <source>Postnumret går inte att förstå.</source>
        <translation>The postal code cannot be understood.</translation>
    </message>
</context>
<context>
    <name>CustomerIntents</name>
    <message>
        <source>Välj en kund först</source>
        <translation>Choose a customer first</translation>
    </message>
    <message>
        <source>Kunden har inget aktivt samarbete.</source>
        <translation>The customer has no active collaboration.</translation>
    </message>
    <message>
        <source>Kunden är redan arkiverad.</source>
        <translation>The customer is archived already.</translation>
    </message>
    <message>
        <source>Kunden är inte arkiverad.</source>
        <translation>The customer is not archived.</translation>
    </message>
    <message>
        <source>%1 är borttagen</source>
        <translation>%1 has been removed</translation>
    </message>
    <message>
        <source>Ångra</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>Sparat</source>
        <translation>Saved</translation>
    </message>
    <message>
        <source>Kunden är arkiverad</source>
        <translation>The customer is archived</translation>
    </message>
    <message>
        <source>Kunden är återställd</source>
        <translation>The customer is restored</translation>
    </message>
    <message>
        <source>Kunden är kontrollerad hos Visma Spcs</source>
        <translation>The customer has been checked with Visma Spcs</translation>
    </message>
    <message>
        <source>Inloggningsinstruktionerna skickas igen</source>
        <translation>The login instructions are being sent again</translation>
    </message>
    <message>
        <source>Avsluta först samarbeten och dra tillbaka inbjudningar.</source>
        <translation>End its collaborations and withdraw its invitations first.</translation>
    </message>
</context>
<context>
    <name>CustomerList</name>
    <message>
        <source>Registrerad</source>
        <translation>Registered</translation>
    </message>
    <message>
        <source>Inte registrerad</source>
        <translation>Not registered</translation>
    </message>
    <message>
        <source>Inte kontrollerad</source>
        <translation>Not checked</translation>
    </message>
    <message>
        <source>Kundnr</source>
        <translation>Cust. no.</translation>
    </message>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>Org.nr</source>
        <translation>Org. no.</translation>
    </message>
    <message>
        <source>Hos Visma Spcs</source>
        <translation>At Visma Spcs</translation>
    </message>
    <message>
        <source>Tjänster</source>
        <translation>Services</translation>
    </message>
    <message>
        <source>Kundansvarig</source>
        <translation>Account manager</translation>
    </message>
    <message>
        <source>Ändrad</source>
        <translation>Changed</translation>
    </message>
    <message>
        <source>att åtgärda</source>
        <translation>needs you</translation>
    </message>
    <message>
        <source>Okänd tjänst</source>
        <translation>Unknown service</translation>
    </message>
    <message>
        <source>Att åtgärda</source>
        <translation>Needs you</translation>
    </message>
    <message>
        <source>Ort</source>
        <translation>Town</translation>
    </message>
</context>
<context>
    <name>CustomerPage</name>
    <message>
        <source>Vilken kund gäller det?</source>
        <translation>Which customer is it about?</translation>
    </message>
    <message>
        <source>Sök på namn, nummer, kontakt eller ort</source>
        <translation>Search by name, number, contact or town</translation>
    </message>
    <message>
        <source>Sök kund</source>
        <translation>Search customer</translation>
    </message>
    <message>
        <source>Kunder</source>
        <translation>Customers</translation>
    </message>
    <message>
        <source>Vald kund</source>
        <translation>Chosen customer</translation>
    </message>
    <message>
        <source>Huvudkontakt</source>
        <translation>Main contact</translation>
    </message>
    <message>
        <source>Ingen kund passar</source>
        <translation>No customer matches</translation>
    </message>
    <message>
        <source>Sök på en del av namnet, kundnumret eller organisationsnumret.</source>
        <translation>Search by a part of the name, the customer number or the organisation number.</translation>
    </message>
    <message>
        <source>Inga kunder än</source>
        <translation>No customers yet</translation>
    </message>
</context>
<context>
    <name>CustomerPane</name>
    <message>
        <source>Byrån betalar</source>
        <translation>The firm pays</translation>
    </message>
    <message>
        <source>Kunden betalar</source>
        <translation>The customer pays</translation>
    </message>
    <message>
        <source>Tjänst</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Läge</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Uppdrag</source>
        <translation>Engagements</translation>
    </message>
    <message>
        <source>Variant och betalning</source>
        <translation>Variant and payer</translation>
    </message>
    <message>
        <source>Hör till uppdrag</source>
        <translation>Engagement</translation>
    </message>
    <message>
        <source>Sedan</source>
        <translation>Since</translation>
    </message>
    <message>
        <source>Ansvarig och deltagare</source>
        <translation>Owner and participants</translation>
    </message>
    <message>
        <source>Ingen deltar: då får ingen tillgång</source>
        <translation>Nobody takes part: then nobody gets access</translation>
    </message>
    <message>
        <source>Pågående</source>
        <translation>Ongoing</translation>
    </message>
    <message>
        <source>Avslutat</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>Kunder</source>
        <translation>Customers</translation>
    </message>
    <message>
        <source>Tillbaka till kunderna</source>
        <translation>Back to the customers</translation>
    </message>
    <message>
        <source>Aktivera tjänst…</source>
        <translation>Activate service…</translation>
    </message>
    <message>
        <source>Uppgifter</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Samarbeten</source>
        <translation>Collaborations</translation>
    </message>
    <message>
        <source>Kontakter</source>
        <translation>Contacts</translation>
    </message>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>Kunden finns inte längre</source>
        <translation>The customer is no longer there</translation>
    </message>
    <message>
        <source>Den har tagits bort, eller så får du inte se den.</source>
        <translation>It has been removed, or you may not see it.</translation>
    </message>
    <message>
        <source>Till kunderna</source>
        <translation>To the customers</translation>
    </message>
    <message>
        <source>kundnr %1</source>
        <translation>customer no. %1</translation>
    </message>
    <message>
        <source>arkiverad</source>
        <translation>archived</translation>
    </message>
    <message>
        <source>kontrollerad %1</source>
        <translation>checked %1</translation>
    </message>
    <message>
        <source>Hos Visma Spcs</source>
        <translation>At Visma Spcs</translation>
    </message>
    <message>
        <source>Kundansvarig</source>
        <translation>Account manager</translation>
    </message>
    <message>
        <source>Adress</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>Kontor</source>
        <translation>Office</translation>
    </message>
    <message>
        <source>Räkenskapsårets slut</source>
        <translation>End of fiscal year</translation>
    </message>
    <message>
        <source>Gick inte</source>
        <translation>Did not work</translation>
    </message>
    <message>
        <source>av kunden</source>
        <translation>by the customer</translation>
    </message>
    <message>
        <source>av Visma Spcs</source>
        <translation>by Visma Spcs</translation>
    </message>
    <message>
        <source>av %1</source>
        <translation>by %1</translation>
    </message>
    <message>
        <source>Har inte loggat in än</source>
        <translation>Has not logged in yet</translation>
    </message>
    <message>
        <source>Inloggningsmejlet kom inte fram</source>
        <translation>The login e-mail did not arrive</translation>
    </message>
    <message>
        <source>Mer</source>
        <translation>More</translation>
    </message>
    <message>
        <source>Mer att göra med kunden</source>
        <translation>More to do with the customer</translation>
    </message>
    <message>
        <source>Skicka inloggningsinstruktioner igen…</source>
        <translation>Send login instructions again…</translation>
    </message>
    <message>
        <source>Ändra…</source>
        <translation>Change…</translation>
    </message>
    <message>
        <source>Nytt uppdrag…</source>
        <translation>New engagement…</translation>
    </message>
    <message>
        <source>Lägg till…</source>
        <translation>Add…</translation>
    </message>
    <message>
        <source>Inbjudningar</source>
        <translation>Invitations</translation>
    </message>
    <message>
        <source>Tillgång</source>
        <translation>Access</translation>
    </message>
    <message>
        <source>Historik</source>
        <translation>History</translation>
    </message>
    <message>
        <source>Kunden är arkiverad. Återställ den först.</source>
        <translation>The customer is archived. Restore it first.</translation>
    </message>
    <message>
        <source>inte påbörjad</source>
        <translation>not begun</translation>
    </message>
    <message>
        <source>pågår</source>
        <translation>ongoing</translation>
    </message>
    <message>
        <source>klar</source>
        <translation>done</translation>
    </message>
    <message>
        <source>ses över senast %1</source>
        <translation>review by %1</translation>
    </message>
    <message>
        <source>saknas</source>
        <translation>missing</translation>
    </message>
    <message>
        <source>skickat</source>
        <translation>sent</translation>
    </message>
    <message>
        <source>klart</source>
        <translation>done</translation>
    </message>
    <message>
        <source>Kundkännedom</source>
        <translation>Customer due diligence</translation>
    </message>
    <message>
        <source>Uppdragsavtal</source>
        <translation>Engagement letter</translation>
    </message>
    <message>
        <source>%1 av %2 steg är klara.</source>
        <translation>%1 of %2 steps are done.</translation>
    </message>
    <message>
        <source>%1 pågår.</source>
        <translation>%1 is under way.</translation>
    </message>
    <message>
        <source>Fortsätt…</source>
        <translation>Go on…</translation>
    </message>
    <message>
        <source>Kunden har inga tjänster hos byrån än.</source>
        <translation>The customer has no services with the firm yet.</translation>
    </message>
    <message>
        <source>Kunden har inget uppdrag än.</source>
        <translation>The customer has no engagement yet.</translation>
    </message>
</context>
<context>
    <name>CustomerPanel</name>
    <message>
        <source>kundnr %1</source>
        <translation>customer no. %1</translation>
    </message>
    <message>
        <source>Öppna kunden</source>
        <translation>Open the customer</translation>
    </message>
    <message>
        <source>Aktivera tjänst…</source>
        <translation>Activate service…</translation>
    </message>
    <message>
        <source>Stäng panelen</source>
        <translation>Close the panel</translation>
    </message>
    <message>
        <source>kontrollerad %1</source>
        <translation>checked %1</translation>
    </message>
    <message>
        <source>Hos Visma Spcs</source>
        <translation>At Visma Spcs</translation>
    </message>
    <message>
        <source>Kundansvarig</source>
        <translation>Account manager</translation>
    </message>
    <message>
        <source>Adress</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>Samarbeten</source>
        <translation>Collaborations</translation>
    </message>
    <message>
        <source>Kunden har inga tjänster hos byrån än.</source>
        <translation>The customer has no services with the firm yet.</translation>
    </message>
    <message>
        <source>Kontakter</source>
        <translation>Contacts</translation>
    </message>
    <message>
        <source>Ingen kontaktperson. Den behövs när en tjänst aktiveras.</source>
        <translation>No contact person. One is needed when a service is activated.</translation>
    </message>
    <message>
        <source>huvudkontakt</source>
        <translation>main contact</translation>
    </message>
    <message>
        <source>E-post saknas</source>
        <translation>No e-mail address</translation>
    </message>
    <message>
        <source>Uppdrag</source>
        <translation>Engagements</translation>
    </message>
    <message>
        <source>Inget pågående uppdrag.</source>
        <translation>No ongoing engagement.</translation>
    </message>
    <message>
        <source>Ingen deltar: då får ingen tillgång.</source>
        <translation>Nobody takes part: then nobody gets access.</translation>
    </message>
    <message>
        <source>Hämtar …</source>
        <translation>Fetching …</translation>
    </message>
    <message>
        <source>Öppna tjänsten</source>
        <translation>Open the service</translation>
    </message>
</context>
<context>
    <name>CustomerSheet</name>
    <message>
        <source>Kundblad</source>
        <translation>Customer sheet</translation>
    </message>
    <message>
        <source>Organisationsnummer</source>
        <translation>Organisation number</translation>
    </message>
    <message>
        <source>Kundnummer</source>
        <translation>Customer number</translation>
    </message>
    <message>
        <source>Adress</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>Kundansvarig</source>
        <translation>Account manager</translation>
    </message>
    <message>
        <source>Räkenskapsårets slut</source>
        <translation>End of fiscal year</translation>
    </message>
    <message>
        <source>Samarbeten</source>
        <translation>Collaborations</translation>
    </message>
    <message>
        <source>Uppdrag</source>
        <translation>Engagement</translation>
    </message>
    <message>
        <source>Tillgång på byrån</source>
        <translation>Access at the firm</translation>
    </message>
    <message>
        <source>Pågående uppdrag</source>
        <translation>Ongoing engagements</translation>
    </message>
    <message>
        <source>Kontaktpersoner</source>
        <translation>Contact persons</translation>
    </message>
    <message>
        <source>Byrån</source>
        <translation>The firm</translation>
    </message>
    <message>
        <source>Kunden</source>
        <translation>The customer</translation>
    </message>
    <message>
        <source>%1 månader</source>
        <translation>%1 months</translation>
    </message>
    <message>
        <source>Inga samarbeten.</source>
        <translation>No collaborations.</translation>
    </message>
    <message>
        <source>Tjänst</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Läge</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Fakturamottagare</source>
        <translation>Payer</translation>
    </message>
    <message>
        <source>Avtalsperiod</source>
        <translation>Agreement period</translation>
    </message>
    <message>
        <source>Sedan</source>
        <translation>Since</translation>
    </message>
    <message>
        <source>Inget pågående uppdrag.</source>
        <translation>No ongoing engagement.</translation>
    </message>
    <message>
        <source>Ansvarig och deltagare</source>
        <translation>Owner and participants</translation>
    </message>
    <message>
        <source>Ingen på byrån har tillgång till kundens tjänster.</source>
        <translation>Nobody at the firm has access to the customer&apos;s services.</translation>
    </message>
    <message>
        <source>Medarbetare</source>
        <translation>Staff member</translation>
    </message>
    <message>
        <source>Tjänster</source>
        <translation>Services</translation>
    </message>
    <message>
        <source>Ingen kontaktperson.</source>
        <translation>No contact person.</translation>
    </message>
    <message>
        <source>Namn</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>E-post</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Telefon</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>Personnummer</source>
        <translation>Personal number</translation>
    </message>
</context>
<context>
    <name>CustomerSheetDialog</name>
    <message>
        <source>Kundblad</source>
        <translation>Customer sheet</translation>
    </message>
</context>
<context>
    <name>CustomerTools</name>
    <message>
        <source>Fler filter</source>
        <translation>More filters</translation>
    </message>
    <message>
        <source>Tjänst, läge, ansvariga, räkenskapsår, koncern, kontor</source>
        <translation>Service, state, who is responsible, fiscal year, group, office</translation>
    </message>
    <message>
        <source>Vyer</source>
        <translation>Views</translation>
    </message>
    <message>
        <source>Sparade filter och sökningar</source>
        <translation>Saved filters and searches</translation>
    </message>
    <message>
        <source>Kolumner</source>
        <translation>Columns</translation>
    </message>
    <message>
        <source>Välj kolumner och deras ordning</source>
        <translation>Choose columns and their order</translation>
    </message>
    <message>
        <source>Spara den här vyn…</source>
        <translation>Save this view…</translation>
    </message>
    <message>
        <source>Ta bort vy</source>
        <translation>Remove view</translation>
    </message>
    <message>
        <source>Spara vyn</source>
        <translation>Save the view</translation>
    </message>
    <message>
        <source>Vyns namn</source>
        <translation>The view&apos;s name</translation>
    </message>
</context>
<context>
    <name>CustomersActBar</name>
    <message>
        <source>Mellanslag markerar · Ctrl+A alla i urvalet</source>
        <translation>Space selects · Ctrl+A all in the selection</translation>
    </message>
    <message>
        <source>Avmarkera alla</source>
        <translation>Untick all</translation>
    </message>
    <message>
        <source>Kopiera</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>Byt ansvarig…</source>
        <translation>Change who is responsible…</translation>
    </message>
    <message numerus="yes">
        <source>%n markerade</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
    <message>
        <source>Återställ</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>Arkivera</source>
        <translation>Archive</translation>
    </message>
    <message numerus="yes">
        <source>Aktivera tjänst för %n…</source>
        <translation>
            <numerusform>Activate service for %n…</numerusform>
            <numerusform>Activate service for %n…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CustomersPane</name>
    <message>
        <source>Kunder</source>
        <translation>Customers</translation>
    </message>
    <message>
        <source>Sök namn, org.nr, kundnr, kontakt, e-post eller ort</source>
        <translation>Search name, org. no., customer no., contact, e-mail or town</translation>
    </message>
    <message>
        <source>Kunder där du är kundansvarig, uppdragsansvarig eller deltar</source>
        <translation>Customers that you are responsible for, whose engagements you manage or take part in</translation>
    </message>
    <message>
        <source>Alla</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Mina</source>
        <translation>Mine</translation>
    </message>
    <message>
        <source>Uppdrag saknas</source>
        <translation>Engagement missing</translation>
    </message>
    <message>
        <source>Kunder med ett samarbete som inte hör till något uppdrag</source>
        <translation>Customers with a collaboration that belongs to no engagement</translation>
    </message>
    <message>
        <source>Väntar på kund</source>
        <translation>Waiting for the customer</translation>
    </message>
    <message>
        <source>Att åtgärda</source>
        <translation>Needs you</translation>
    </message>
    <message numerus="yes">
        <source>%n träffar</source>
        <translation>
            <numerusform>%n hit</numerusform>
            <numerusform>%n hits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kunder</source>
        <translation>
            <numerusform>%n customer</numerusform>
            <numerusform>%n customers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n väntar på kunden</source>
        <translation>
            <numerusform>%n waits for the customer</numerusform>
            <numerusform>%n wait for the customer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n i urvalet</source>
        <translation>
            <numerusform>%n in the selection</numerusform>
            <numerusform>%n in the selection</numerusform>
        </translation>
    </message>
    <message>
        <source>Sökningen och filtret visar inga kunder.</source>
        <translation>The search and the filter show no customers.</translation>
    </message>
    <message>
        <source>Rensa sökning och filter</source>
        <translation>Clear search and filter</translation>
    </message>
    <message>
        <source>Inga kunder än</source>
        <translation>No customers yet</translation>
    </message>
    <message>
        <source>Kunderna kommer hit när de har hämtats eller importerats.</source>
        <translation>The customers come here when they have been fetched or imported.</translation>
    </message>
    <message>
        <source>Importera…</source>
        <translation>Import…</translation>
    </message>
    <message>
        <source>Välj en kund först</source>
        <translation>Choose a customer first</translation>
    </message>
    <message>
        <source>Sök namn, nummer, kontakt eller ort</source>
        <translation>Search name, number, contact or town</translation>
    </message>
    <message>
        <source>Ingen kund passar</source>
        <translation>No customer matches</translation>
    </message>
    <message>
        <source>Lägg till</source>
        <translation>Add</translation>
    </message>
</context>
<context>
    <name>DecisionCardView</name>
    <message>
        <source>(namn saknas)</source>
        <translation>(no name)</translation>
    </message>
    <message>
        <source>sedan %1</source>
        <translation>since %1</translation>
    </message>
    <message>
        <source>%1 av %2</source>
        <translation>%1 of %2</translation>
    </message>
    <message>
        <source>Sökresultat</source>
        <translation>Search results</translation>
    </message>
    <message>
        <source>Ingen kund hittades</source>
        <translation>No customer was found</translation>
    </message>
    <message>
        <source>Förslag</source>
        <translation>Suggestions</translation>
    </message>
    <message>
        <source>Inga förslag</source>
        <translation>No suggestions</translation>
    </message>
    <message>
        <source>Ingen får tillgång förrän ett uppdrag är valt.</source>
        <translation>Nobody gets access until an engagement is chosen.</translation>
    </message>
    <message>
        <source>Välj ett samarbete först.</source>
        <translation>Choose a collaboration first.</translation>
    </message>
    <message>
        <source>Hämtar …</source>
        <translation>Fetching …</translation>
    </message>
    <message>
        <source>Söker …</source>
        <translation>Searching …</translation>
    </message>
    <message>
        <source>Beslutet är redan taget. Ta upp det igen först.</source>
        <translation>The decision is made already. Take it up again first.</translation>
    </message>
    <message>
        <source>Välj ett förslag först (1–9).</source>
        <translation>Choose a suggestion first (1–9).</translation>
    </message>
    <message>
        <source>Så blev det %1 poäng</source>
        <translation>How it came to %1 points</translation>
    </message>
    <message>
        <source>Visas när uppdraget är valt.</source>
        <translation>Shown when the engagement is chosen.</translation>
    </message>
    <message>
        <source>Det finns inget förslag. Sök efter kunden eller skapa den (K).</source>
        <translation>There is no suggestion. Search for the customer or create it (K).</translation>
    </message>
    <message>
        <source>Underlaget har ändrats sedan dess.</source>
        <translation>The evidence has changed since then.</translation>
    </message>
    <message>
        <source>Förslagen kunde inte hämtas.</source>
        <translation>The suggestions could not be fetched.</translation>
    </message>
    <message>
        <source>Det betyder inte att kunden saknas. Försök igen, eller sök efter kunden själv.</source>
        <translation>It does not mean that there is no such customer. Try again, or search for the customer yourself.</translation>
    </message>
    <message>
        <source>Sökningen misslyckades</source>
        <translation>The search failed</translation>
    </message>
    <message>
        <source>Sök igen</source>
        <translation>Search again</translation>
    </message>
    <message>
        <source>Sökningen misslyckades. Sök igen först.</source>
        <translation>The search failed. Search again first.</translation>
    </message>
</context>
<context>
    <name>DevicesCard</name>
    <message>
        <source>Enheter</source>
        <translation>Devices</translation>
    </message>
    <message>
        <source>Visa bara mina enheter</source>
        <translation>Show only my devices</translation>
    </message>
    <message numerus="yes">
        <source>Visa medarbetarnas %n enheter</source>
        <translation>
            <numerusform>Show the staff&apos;s %n device</numerusform>
            <numerusform>Show the staff&apos;s %n devices</numerusform>
        </translation>
    </message>
    <message>
        <source>Enheterna visas när servern svarar och du är inloggad.</source>
        <translation>The devices are shown when the server answers and you are signed in.</translation>
    </message>
    <message>
        <source>Här är du inloggad. Har du tappat bort en dator loggar du ut den härifrån.</source>
        <translation>You are signed in here. If you have lost a computer, sign it out from this list.</translation>
    </message>
    <message>
        <source>Okänd enhet</source>
        <translation>Unknown device</translation>
    </message>
    <message>
        <source>Den här datorn</source>
        <translation>This computer</translation>
    </message>
    <message>
        <source>Logga ut…</source>
        <translation>Sign out…</translation>
    </message>
    <message>
        <source>Logga ut %1</source>
        <translation>Sign out %1</translation>
    </message>
    <message>
        <source>inloggad %1</source>
        <translation>signed in %1</translation>
    </message>
    <message>
        <source>använd %1</source>
        <translation>used %1</translation>
    </message>
    <message>
        <source>Ingenting hämtas eller skickas där förrän någon loggar in igen. Det som inte har skickats ligger kvar i utkorgen på den datorn.</source>
        <translation>Nothing is fetched or sent there until somebody signs in again. What has not been sent stays in the outbox on that computer.</translation>
    </message>
    <message>
        <source>Logga ut %1?</source>
        <translation>Sign out %1?</translation>
    </message>
    <message>
        <source>Logga ut</source>
        <translation>Sign out</translation>
    </message>
    <message>
        <source>%1 är utloggad</source>
        <translation>%1 is signed out</translation>
    </message>
</context>
<context>
    <name>DiagnosticsDialog</name>
    <message>
        <source>Logg och diagnostik</source>
        <translation>Log and diagnostics</translation>
    </message>
    <message>
        <source>Det här får den som hjälper dig</source>
        <translation>This is what whoever helps you gets</translation>
    </message>
    <message>
        <source>Inga namn, nummer, adresser eller lösenord finns med. Se efter själv innan du sparar.</source>
        <translation>It holds no names, numbers, addresses or passwords. See for yourself before you save it.</translation>
    </message>
    <message>
        <source>Filer</source>
        <translation>Files</translation>
    </message>
    <message>
        <source>Filens innehåll</source>
        <translation>The file&apos;s content</translation>
    </message>
    <message>
        <source>Kopiera</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>Spara som zip…</source>
        <translation>Save as zip…</translation>
    </message>
    <message>
        <source>Stäng</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Kopierat</source>
        <translation>Copied</translation>
    </message>
    <message>
        <source>Sparat: %1</source>
        <translation>Saved: %1</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Avbryt</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>DonePage</name>
    <message>
        <source>Klart. Så här kommer du vidare</source>
        <translation>Done. This is how you go on</translation>
    </message>
    <message>
        <source>Att göra</source>
        <translation>To do</translation>
    </message>
    <message>
        <source>Det som behöver dig, varje morgon</source>
        <translation>What needs you, every morning</translation>
    </message>
    <message>
        <source>Kunder</source>
        <translation>Customers</translation>
    </message>
    <message>
        <source>Sök, filtrera och aktivera tjänster</source>
        <translation>Search, filter and activate services</translation>
    </message>
    <message>
        <source>Hjälp</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>F1 öppnar sidan om skärmen du ser</source>
        <translation>F1 opens the page about the screen that you see</translation>
    </message>
</context>
<context>
    <name>DraftList</name>
    <message>
        <source>Fortsätt på ett utkast</source>
        <translation>Go on with a draft</translation>
    </message>
    <message>
        <source>Inga tjänster valda än</source>
        <translation>No services chosen yet</translation>
    </message>
    <message>
        <source>Fortsätt</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Ta bort</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>Utkastet är borttaget.</source>
        <translation>The draft is removed.</translation>
    </message>
    <message>
        <source>Ångra</source>
        <translation>Undo</translation>
    </message>
    <message numerus="yes">
        <source>%n kunder</source>
        <translation>
            <numerusform>%n customer</numerusform>
            <numerusform>%n customers</numerusform>
        </translation>
    </message>
    <message>
        <source>Går inte att läsa, men texten finns kvar</source>
        <translation>Cannot be read, but its text is still there</translation>
    </message>
    <message>
        <source>Visa texten…</source>
        <translation>Show the text…</translation>
    </message>
</context>
<context>
    <name>DueDiligenceDialog</name>
    <message>
        <source>Kundkännedom och uppdragsavtal</source>
        <translation>Due diligence and engagement letter</translation>
    </message>
    <message>
        <source>Kundkännedomen är klar</source>
        <translation>Customer due diligence is done</translation>
    </message>
    <message>
        <source>Uppdragsavtalet är klart</source>
        <translation>The engagement letter is done</translation>
    </message>
    <message>
        <source>Varför ni fortsätter ändå</source>
        <translation>Why you go on anyway</translation>
    </message>
    <message numerus="yes">
        <source>Samma skäl för de %n andra kunderna där något saknas</source>
        <translation>
            <numerusform>The same reason for the %n other customer where something is missing</numerusform>
            <numerusform>The same reason for the %n other customers where something is missing</numerusform>
        </translation>
    </message>
    <message>
        <source>Byrån har bestämt att båda ska vara klara innan ett samarbete startar.</source>
        <translation>The firm has decided that both are to be done before a collaboration starts.</translation>
    </message>
    <message>
        <source>Skälet sparas i byråns logg tillsammans med vem som fortsatte och när.</source>
        <translation>The reason is kept in the firm&apos;s log, with who went on and when.</translation>
    </message>
    <message>
        <source>Spara</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Klart den</source>
        <translation>Done on</translation>
    </message>
    <message>
        <source>Båda ska vara klara.</source>
        <translation>Both are to be done.</translation>
    </message>
    <message>
        <source>Skriv varför ni fortsätter ändå.</source>
        <translation>Write why you go on anyway.</translation>
    </message>
    <message>
        <source>Kryssa för rutan framför först.</source>
        <translation>Tick the box before it first.</translation>
    </message>
    <message>
        <source>Behövs inte när båda är klara.</source>
        <translation>Not needed when both are done.</translation>
    </message>
</context>
<context>
    <name>Duties</name>
    <message>
        <source>Uppdragsansvarig</source>
        <translation>Engagement owner</translation>
    </message>
    <message>
        <source>Deltagare</source>
        <translation>Participant</translation>
    </message>
    <message>
        <source>Kundansvarig</source>
        <translation>Account manager</translation>
    </message>
</context>
<context>
    <name>DutiesDialog</name>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>Uppdrag</source>
        <translation>Engagement</translation>
    </message>
    <message>
        <source>Roll</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>arkiverad kund</source>
        <translation>archived customer</translation>
    </message>
    <message>
        <source>till %1</source>
        <translation>until %1</translation>
    </message>
    <message>
        <source>Ingen får eller förlorar tillgång i dag.</source>
        <translation>Nobody gains or loses access today.</translation>
    </message>
    <message>
        <source>ingen</source>
        <translation>nobody</translation>
    </message>
    <message>
        <source>Får tillgång: %1. Förlorar tillgång: %2.</source>
        <translation>Gains access: %1. Loses access: %2.</translation>
    </message>
    <message numerus="yes">
        <source>%n tjänster berörs.</source>
        <translation>
            <numerusform>%n service is concerned.</numerusform>
            <numerusform>%n services are concerned.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ändringar är på väg</source>
        <translation>
            <numerusform>%n change is on its way</numerusform>
            <numerusform>%n changes are on their way</numerusform>
        </translation>
    </message>
    <message>
        <source>På väg.</source>
        <translation>On its way.</translation>
    </message>
</context>
<context>
    <name>DutiesPaper</name>
    <message>
        <source>Överlämningslista</source>
        <translation>Handover list</translation>
    </message>
    <message>
        <source>sista dag %1</source>
        <translation>last day %1</translation>
    </message>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>Uppdrag</source>
        <translation>Engagement</translation>
    </message>
    <message>
        <source>Roll</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>Tar över</source>
        <translation>Takes over</translation>
    </message>
    <message>
        <source>Inget uppdrag och ingen kund hänger på medarbetaren.</source>
        <translation>No engagement and no customer hangs on this colleague.</translation>
    </message>
    <message>
        <source>Klart</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>EarlierBar</name>
    <message>
        <source>Det finns ett utkast för kunden.</source>
        <translation>There is a draft for the customer.</translation>
    </message>
    <message>
        <source>Det ändrades senast %1.</source>
        <translation>It was last changed %1.</translation>
    </message>
    <message>
        <source>Fortsätt på utkastet</source>
        <translation>Go on with the draft</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Byråns uppgifter har inte hämtats än</source>
        <translation>The firm&apos;s data has not been fetched yet</translation>
    </message>
    <message>
        <source>De visas här så snart de har kommit från servern.</source>
        <translation>It is shown here as soon as it has come from the server.</translation>
    </message>
</context>
<context>
    <name>EndingDialog</name>
    <message>
        <source>Avsluta samarbeten</source>
        <translation>End collaborations</translation>
    </message>
    <message>
        <source>Avsluta</source>
        <translation>End</translation>
    </message>
    <message>
        <source>Hämtar …</source>
        <translation>Fetching …</translation>
    </message>
    <message>
        <source>Avsluta allt med %1</source>
        <translation>End everything with %1</translation>
    </message>
    <message>
        <source>Avsluta samarbete med %1</source>
        <translation>End collaboration with %1</translation>
    </message>
    <message numerus="yes">
        <source>Avsluta %n tjänster</source>
        <translation>
            <numerusform>End %n service</numerusform>
            <numerusform>End %n services</numerusform>
        </translation>
    </message>
    <message>
        <source>Avsluta tjänsten</source>
        <translation>End the service</translation>
    </message>
    <message>
        <source>Det finns inget aktivt samarbete att avsluta.</source>
        <translation>There is no active collaboration to end.</translation>
    </message>
    <message>
        <source>Kunden saknar huvudkontakt hos Visma Spcs.</source>
        <translation>The customer has no main contact at Visma Spcs.</translation>
    </message>
    <message>
        <source>Välj minst en tjänst.</source>
        <translation>Choose at least one service.</translation>
    </message>
    <message>
        <source>%1: kryssa för %2 också, det måste avslutas först.</source>
        <translation>%1: tick %2 too, that must end first.</translation>
    </message>
    <message>
        <source>%1: välj hur tjänsten avslutas.</source>
        <translation>%1: choose how the service ends.</translation>
    </message>
    <message>
        <source>%1: kryssa för det som måste vara gjort.</source>
        <translation>%1: tick what must have been done.</translation>
    </message>
    <message>
        <source>Skriv kundens namn för att visa att allt ska raderas.</source>
        <translation>Type the customer&apos;s name to show that everything is to be deleted.</translation>
    </message>
    <message>
        <source>Utan en huvudkontakt kan inget samarbete avslutas.</source>
        <translation>Without a main contact no collaboration can be ended.</translation>
    </message>
    <message>
        <source>Välj huvudkontakt…</source>
        <translation>Choose main contact…</translation>
    </message>
    <message>
        <source>Måste avslutas först: %1.</source>
        <translation>Must end first: %1.</translation>
    </message>
    <message>
        <source>Avslutas efter %1.</source>
        <translation>Ends after %1.</translation>
    </message>
    <message>
        <source>Kundens administratörer hos Visma Spcs informeras med e-post: %1.</source>
        <translation>The customer&apos;s administrators at Visma Spcs are informed by e-mail: %1.</translation>
    </message>
    <message>
        <source>Kundens administratörer hos Visma Spcs informeras med e-post.</source>
        <translation>The customer&apos;s administrators at Visma Spcs are informed by e-mail.</translation>
    </message>
    <message>
        <source>Huvudkontakten skickas till Visma Spcs</source>
        <translation>The main contact is being sent to Visma Spcs</translation>
    </message>
    <message>
        <source>Skickas …</source>
        <translation>Sending …</translation>
    </message>
    <message>
        <source>avtalsperioden löper till %1</source>
        <translation>the agreement period runs until %1</translation>
    </message>
    <message>
        <source>Förlorar tillgång: %1</source>
        <translation>Loses access: %1</translation>
    </message>
    <message>
        <source>ingen på byrån</source>
        <translation>nobody at the firm</translation>
    </message>
    <message>
        <source>Kryssa för det som är gjort</source>
        <translation>Tick what has been done</translation>
    </message>
    <message>
        <source>Inte klart än: %1.</source>
        <translation>Not finished yet: %1.</translation>
    </message>
    <message>
        <source>Kunden kan fortfarande godkänna. Dra tillbaka inbjudan om allt ska vara slut.</source>
        <translation>The customer can still approve. Withdraw the invitation if everything is to end.</translation>
    </message>
    <message>
        <source>Visa inbjudningarna</source>
        <translation>Show the invitations</translation>
    </message>
    <message>
        <source>Allt i %1 raderas. Skriv kundens namn, %2, för att fortsätta:</source>
        <translation>Everything in %1 is deleted. Type the customer&apos;s name, %2, to go on:</translation>
    </message>
</context>
<context>
    <name>EndingResults</name>
    <message>
        <source>Försök igen med dem som inte gick</source>
        <translation>Try those that did not work again</translation>
    </message>
    <message>
        <source>Stäng</source>
        <translation>Close</translation>
    </message>
    <message numerus="yes">
        <source>%n gick inte</source>
        <translation>
            <numerusform>%n did not work</numerusform>
            <numerusform>%n did not work</numerusform>
        </translation>
    </message>
    <message>
        <source>De som inte gick är oförändrade hos kunden. Du kan försöka igen när hindret är borta.</source>
        <translation>Those that did not work are unchanged at the customer. You can try again when the obstacle is gone.</translation>
    </message>
    <message>
        <source>Avslutas nu. Läget visas i listan när Visma Spcs har svarat.</source>
        <translation>Ends now. The list shows how it stands when Visma Spcs has answered.</translation>
    </message>
    <message>
        <source>Avslutas %1. Det kan ångras fram till dess.</source>
        <translation>Ends %1. It can be cancelled until then.</translation>
    </message>
    <message>
        <source>%1 i utkorgen</source>
        <translation>%1 in the outbox</translation>
    </message>
    <message>
        <source>Besluten skickas när servern nås. I listan visar varje tjänst hur långt den har kommit.</source>
        <translation>The decisions are sent when the server is reached. In the list each service shows how far it has come.</translation>
    </message>
</context>
<context>
    <name>EngagementBar</name>
    <message>
        <source>Byt ansvarig…</source>
        <translation>Change who is responsible…</translation>
    </message>
    <message>
        <source>Avsluta uppdrag…</source>
        <translation>Close engagement…</translation>
    </message>
    <message>
        <source>Rulla…</source>
        <translation>Roll…</translation>
    </message>
    <message>
        <source>Välj ett eller flera pågående uppdrag</source>
        <translation>Choose one or more ongoing engagements</translation>
    </message>
    <message numerus="yes">
        <source>%n valda uppdrag</source>
        <translation>
            <numerusform>%n engagement chosen</numerusform>
            <numerusform>%n engagements chosen</numerusform>
        </translation>
    </message>
    <message>
        <source>Välj ett pågående uppdrag först.</source>
        <translation>Choose an ongoing engagement first.</translation>
    </message>
</context>
<context>
    <name>EngagementDialog</name>
    <message>
        <source>Skapa uppdrag</source>
        <translation>Create engagement</translation>
    </message>
    <message>
        <source>Räkenskapsår</source>
        <translation>Fiscal year</translation>
    </message>
    <message>
        <source>Typ</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Benämning</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>Uppdragsansvarig</source>
        <translation>Engagement owner</translation>
    </message>
    <message>
        <source>Medarbetare på uppdraget får tillgång till kundens tjänster.</source>
        <translation>Staff on the engagement get access to the customer&apos;s services.</translation>
    </message>
    <message>
        <source>Skriv en benämning.</source>
        <translation>Type a title.</translation>
    </message>
    <message numerus="yes">
        <source>Skapa samma uppdrag för de %n andra kunderna som saknar det</source>
        <translation>
            <numerusform>Create the same engagement for the %n other customer that lacks it</numerusform>
            <numerusform>Create the same engagement for the %n other customers that lack it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EngagementForm</name>
    <message>
        <source>Nytt uppdrag</source>
        <translation>New engagement</translation>
    </message>
    <message>
        <source>Skapa uppdrag</source>
        <translation>Create engagement</translation>
    </message>
    <message>
        <source>Typ</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Räkenskapsår</source>
        <translation>Fiscal year</translation>
    </message>
    <message>
        <source>Benämning</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>Uppdragsansvarig</source>
        <translation>Engagement owner</translation>
    </message>
    <message>
        <source>Ingen än</source>
        <translation>Nobody yet</translation>
    </message>
    <message>
        <source>Skriv en benämning.</source>
        <translation>Type a title.</translation>
    </message>
</context>
<context>
    <name>EngagementListModel</name>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>Uppdrag</source>
        <translation>Engagement</translation>
    </message>
    <message>
        <source>Läge</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Räkenskapsårets slut</source>
        <translation>End of fiscal year</translation>
    </message>
    <message>
        <source>Uppdragsansvarig</source>
        <translation>Engagement owner</translation>
    </message>
    <message>
        <source>Samarbeten</source>
        <translation>Collaborations</translation>
    </message>
    <message>
        <source>arkiverad kund</source>
        <translation>archived customer</translation>
    </message>
    <message>
        <source>Ingen deltar</source>
        <translation>Nobody on it</translation>
    </message>
    <message>
        <source>Ansvarig saknas</source>
        <translation>No owner</translation>
    </message>
    <message numerus="yes">
        <source>och %n till</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n samarbeten</source>
        <translation>
            <numerusform>%n collaboration</numerusform>
            <numerusform>%n collaborations</numerusform>
        </translation>
    </message>
    <message>
        <source>Avslutat</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>Ska rullas</source>
        <translation>To be rolled</translation>
    </message>
    <message>
        <source>Pågående</source>
        <translation>Ongoing</translation>
    </message>
</context>
<context>
    <name>EngagementsPane</name>
    <message>
        <source>Uppdrag</source>
        <translation>Engagements</translation>
    </message>
    <message>
        <source>Sök kund eller uppdrag</source>
        <translation>Search customer or engagement</translation>
    </message>
    <message>
        <source>Uppdragstyp</source>
        <translation>Type of engagement</translation>
    </message>
    <message>
        <source>Medarbetare</source>
        <translation>Staff member</translation>
    </message>
    <message>
        <source>Pågående</source>
        <translation>Ongoing</translation>
    </message>
    <message>
        <source>Ska rullas</source>
        <translation>To be rolled</translation>
    </message>
    <message>
        <source>Ingen deltar</source>
        <translation>Nobody on it</translation>
    </message>
    <message>
        <source>Avslutade</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>Alla</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Alla uppdragstyper</source>
        <translation>All types of engagement</translation>
    </message>
    <message>
        <source>Byt ansvarig…</source>
        <translation>Change who is responsible…</translation>
    </message>
    <message>
        <source>Avsluta…</source>
        <translation>End…</translation>
    </message>
    <message>
        <source>Rulla till nytt uppdrag…</source>
        <translation>Roll to a new engagement…</translation>
    </message>
    <message numerus="yes">
        <source>%n pågående</source>
        <translation>
            <numerusform>%n ongoing</numerusform>
            <numerusform>%n ongoing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ska rullas</source>
        <translation>
            <numerusform>%n to be rolled</numerusform>
            <numerusform>%n to be rolled</numerusform>
        </translation>
    </message>
    <message>
        <source>Alla medarbetare</source>
        <translation>All staff</translation>
    </message>
    <message>
        <source>%1 rader</source>
        <translation>%1 rows</translation>
    </message>
    <message>
        <source>Inget uppdrag behöver rullas</source>
        <translation>No engagement needs to be rolled</translation>
    </message>
    <message>
        <source>Här visas uppdrag med samarbeten när räkenskapsåret är slut.</source>
        <translation>Engagements with collaborations are shown here when the fiscal year has ended.</translation>
    </message>
    <message>
        <source>Inget uppdrag passar</source>
        <translation>No engagement matches</translation>
    </message>
    <message>
        <source>Sök på något annat eller ta bort filtret.</source>
        <translation>Search for something else or remove the filter.</translation>
    </message>
    <message>
        <source>Visa alla</source>
        <translation>Show all</translation>
    </message>
    <message>
        <source>Inga uppdrag ännu</source>
        <translation>No engagements yet</translation>
    </message>
    <message>
        <source>Uppdrag skapas på kundens sida, eller när en tjänst aktiveras.</source>
        <translation>Engagements are created on the customer&apos;s page, or when a service is activated.</translation>
    </message>
    <message numerus="yes">
        <source>%n markerade</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
    <message>
        <source>Välj ett uppdrag först.</source>
        <translation>Choose an engagement first.</translation>
    </message>
    <message>
        <source>Uppdraget är avslutat.</source>
        <translation>The engagement is closed.</translation>
    </message>
    <message>
        <source>Välj ett eller flera uppdrag</source>
        <translation>Choose one or more engagements</translation>
    </message>
</context>
<context>
    <name>EvidenceGrid</name>
    <message>
        <source>Hos Visma</source>
        <translation>With Visma</translation>
    </message>
    <message>
        <source>I byråns register</source>
        <translation>In the firm&apos;s register</translation>
    </message>
    <message>
        <source>Poäng</source>
        <translation>Points</translation>
    </message>
</context>
<context>
    <name>ExtractDialog</name>
    <message>
        <source>Registerutdrag</source>
        <translation>Extract of personal data</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Kunden har ingen person med e-postadress att göra ett utdrag om.</source>
        <translation>The customer has nobody with an e-mail address to make an extract about.</translation>
    </message>
</context>
<context>
    <name>Fields</name>
    <message>
        <source>Namn</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Kundnr</source>
        <translation>Cust. no.</translation>
    </message>
    <message>
        <source>Org.nr</source>
        <translation>Org. no.</translation>
    </message>
    <message>
        <source>Slag av kund</source>
        <translation>Kind of customer</translation>
    </message>
    <message>
        <source>Företagsform</source>
        <translation>Legal form</translation>
    </message>
    <message>
        <source>Löpnummer</source>
        <translation>Serial</translation>
    </message>
    <message>
        <source>Kontor</source>
        <translation>Office</translation>
    </message>
    <message>
        <source>Adress</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>E-post</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Telefon</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>Huvudkontakt</source>
        <translation>Main contact</translation>
    </message>
    <message>
        <source>Benämning</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>Typ</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Räkenskapsår</source>
        <translation>Fiscal year</translation>
    </message>
    <message>
        <source>Räkenskapsårets slut</source>
        <translation>End of fiscal year</translation>
    </message>
    <message>
        <source>Kundansvarig</source>
        <translation>Account manager</translation>
    </message>
    <message>
        <source>Kundnr hos Visma Spcs</source>
        <translation>Customer no. at Visma Spcs</translation>
    </message>
    <message>
        <source>Koncern</source>
        <translation>Group</translation>
    </message>
    <message>
        <source>Föregångare</source>
        <translation>Predecessor</translation>
    </message>
    <message>
        <source>Kundkännedom</source>
        <translation>Customer due diligence</translation>
    </message>
    <message>
        <source>Uppdragsavtal</source>
        <translation>Engagement letter</translation>
    </message>
    <message>
        <source>Skyddad kund</source>
        <translation>Protected customer</translation>
    </message>
    <message>
        <source>Får se kunden</source>
        <translation>May see the customer</translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>Variant</translation>
    </message>
    <message>
        <source>Betalas av</source>
        <translation>Paid by</translation>
    </message>
    <message>
        <source>Avtalsperiod</source>
        <translation>Agreement period</translation>
    </message>
    <message>
        <source>Val för tjänsten</source>
        <translation>Choices for the service</translation>
    </message>
    <message>
        <source>Administratör hos Visma Spcs</source>
        <translation>Administrator at Visma Spcs</translation>
    </message>
    <message>
        <source>Ser kunder</source>
        <translation>Sees customers</translation>
    </message>
    <message>
        <source>Byråns regler</source>
        <translation>The firm&apos;s rules</translation>
    </message>
    <message>
        <source>Tjänster</source>
        <translation>Services</translation>
    </message>
    <message>
        <source>Mottagare</source>
        <translation>Recipient</translation>
    </message>
    <message>
        <source>Beslutat av</source>
        <translation>Decided by</translation>
    </message>
    <message>
        <source>Skickat av</source>
        <translation>Sent by</translation>
    </message>
    <message>
        <source>%1 mån</source>
        <translation>%1 mo.</translation>
    </message>
    <message>
        <source>Fullständig behörighet</source>
        <translation>Full permission</translation>
    </message>
</context>
<context>
    <name>FileNotes</name>
    <message numerus="yes">
        <source>%n anmärkningar till</source>
        <translation>
            <numerusform>%n remark more</numerusform>
            <numerusform>%n remarks more</numerusform>
        </translation>
    </message>
    <message>
        <source>Kolumner som inte läses: %1.</source>
        <translation>Columns that are not read: %1.</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Rensa filtren</source>
        <translation>Clear the filters</translation>
    </message>
    <message>
        <source>Alla tjänster</source>
        <translation>All services</translation>
    </message>
    <message>
        <source>Alla lägen</source>
        <translation>All states</translation>
    </message>
    <message>
        <source>Alla uppdragsansvariga</source>
        <translation>All engagement owners</translation>
    </message>
    <message>
        <source>Alla kundansvariga</source>
        <translation>All account managers</translation>
    </message>
    <message>
        <source>Alla uppdragstyper</source>
        <translation>All types of engagement</translation>
    </message>
    <message>
        <source>Registrerad eller inte</source>
        <translation>Registered or not</translation>
    </message>
    <message>
        <source>Alla räkenskapsår</source>
        <translation>All fiscal years</translation>
    </message>
    <message>
        <source>Alla koncerner</source>
        <translation>All groups</translation>
    </message>
    <message>
        <source>Alla kontor</source>
        <translation>All offices</translation>
    </message>
    <message>
        <source>Aktiva kunder</source>
        <translation>Active customers</translation>
    </message>
    <message>
        <source>Tjänst</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Tjänstens läge</source>
        <translation>State of the service</translation>
    </message>
    <message>
        <source>Uppdragsansvarig</source>
        <translation>Engagement owner</translation>
    </message>
    <message>
        <source>Kundansvarig</source>
        <translation>Account manager</translation>
    </message>
    <message>
        <source>Uppdragstyp</source>
        <translation>Type of engagement</translation>
    </message>
    <message>
        <source>Hos Visma Spcs</source>
        <translation>At Visma Spcs</translation>
    </message>
    <message>
        <source>Räkenskapsåret slutar i</source>
        <translation>The fiscal year ends in</translation>
    </message>
    <message>
        <source>Koncern</source>
        <translation>Group</translation>
    </message>
    <message>
        <source>Kontor</source>
        <translation>Office</translation>
    </message>
    <message>
        <source>Arkiverade</source>
        <translation>Archived</translation>
    </message>
    <message>
        <source>Arkiverade kunder</source>
        <translation>Archived customers</translation>
    </message>
    <message>
        <source>Räkenskapsår till %1</source>
        <translation>Fiscal year until %1</translation>
    </message>
</context>
<context>
    <name>ForOthers</name>
    <message>
        <source>%1 och %2 till</source>
        <translation>%1 and %2 more</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>i dag</source>
        <translation>today</translation>
    </message>
    <message>
        <source>i går</source>
        <translation>yesterday</translation>
    </message>
</context>
<context>
    <name>GridModel</name>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>Det här händer</source>
        <translation>What happens</translation>
    </message>
    <message>
        <source>Tjänster och uppdrag</source>
        <translation>Services and engagements</translation>
    </message>
    <message>
        <source>E-post till</source>
        <translation>E-mail to</translation>
    </message>
    <message>
        <source>Att åtgärda</source>
        <translation>To fix</translation>
    </message>
    <message>
        <source>Kunden bjuds in</source>
        <translation>The customer is invited</translation>
    </message>
    <message>
        <source>Tillgång begärs</source>
        <translation>Access is requested</translation>
    </message>
    <message>
        <source>Klar att skicka</source>
        <translation>Ready to send</translation>
    </message>
    <message>
        <source>och %1 till</source>
        <translation>and %1 more</translation>
    </message>
</context>
<context>
    <name>Handover</name>
    <message>
        <source>Överlämningslista</source>
        <translation>Handover list</translation>
    </message>
    <message>
        <source>Lämnat</source>
        <translation>Handed over</translation>
    </message>
    <message>
        <source>Tjänster</source>
        <translation>Services</translation>
    </message>
    <message>
        <source>Tjänst</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Läge</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Sista dag</source>
        <translation>Last day</translation>
    </message>
    <message>
        <source>Inga samarbeten.</source>
        <translation>No collaborations.</translation>
    </message>
    <message>
        <source>Pågående uppdrag</source>
        <translation>Ongoing engagements</translation>
    </message>
    <message>
        <source>Uppdrag</source>
        <translation>Engagement</translation>
    </message>
    <message>
        <source>Byråns medarbetare</source>
        <translation>The firm&apos;s staff</translation>
    </message>
    <message>
        <source>Inget pågående uppdrag.</source>
        <translation>No ongoing engagement.</translation>
    </message>
    <message>
        <source>Att bevara</source>
        <translation>To be kept</translation>
    </message>
    <message>
        <source>Överlämnat</source>
        <translation>Handed over</translation>
    </message>
    <message>
        <source>Datum</source>
        <translation>Date</translation>
    </message>
</context>
<context>
    <name>HandoverDialog</name>
    <message>
        <source>Överlämningslista</source>
        <translation>Handover list</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>Hjälp</source>
        <translation>Help</translation>
    </message>
</context>
<context>
    <name>HelpPane</name>
    <message>
        <source>Hjälp</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>Bakåt</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Framåt</source>
        <translation>Forward</translation>
    </message>
    <message>
        <source>Det finns ingen sida före den här</source>
        <translation>There is no page before this one</translation>
    </message>
    <message>
        <source>Det finns ingen sida efter den här</source>
        <translation>There is no page after this one</translation>
    </message>
</context>
<context>
    <name>HelpReader</name>
    <message>
        <source>Sök i hjälpen</source>
        <translation>Search the help</translation>
    </message>
    <message>
        <source>Hjälpens sidor</source>
        <translation>Pages of the help</translation>
    </message>
    <message>
        <source>Hjälpens text</source>
        <translation>Text of the help</translation>
    </message>
    <message>
        <source>Ingen sida har orden</source>
        <translation>No page has the words</translation>
    </message>
    <message>
        <source>Prova ett annat ord.</source>
        <translation>Try another word.</translation>
    </message>
    <message>
        <source>Visa alla sidor</source>
        <translation>Show all pages</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Kunden lades till</source>
        <translation>The customer was added</translation>
    </message>
    <message>
        <source>Kundens uppgifter ändrades</source>
        <translation>The customer&apos;s details were changed</translation>
    </message>
    <message>
        <source>Kunden arkiverades</source>
        <translation>The customer was archived</translation>
    </message>
    <message>
        <source>Kunden återställdes från arkivet</source>
        <translation>The customer was restored from the archive</translation>
    </message>
    <message>
        <source>En kontakt lades till</source>
        <translation>A contact was added</translation>
    </message>
    <message>
        <source>En kontakt ändrades</source>
        <translation>A contact was changed</translation>
    </message>
    <message>
        <source>En kontakt togs bort</source>
        <translation>A contact was removed</translation>
    </message>
    <message>
        <source>Kontaktpersonen loggade in</source>
        <translation>The contact person logged in</translation>
    </message>
    <message>
        <source>Ett uppdrag skapades</source>
        <translation>An engagement was created</translation>
    </message>
    <message>
        <source>Ett uppdrag ändrades</source>
        <translation>An engagement was changed</translation>
    </message>
    <message>
        <source>Ett uppdrag avslutades</source>
        <translation>An engagement was closed</translation>
    </message>
    <message>
        <source>Ett uppdrag rullades till nästa</source>
        <translation>An engagement was rolled to the next</translation>
    </message>
    <message>
        <source>En medarbetare deltar i ett uppdrag</source>
        <translation>A staff member joined an engagement</translation>
    </message>
    <message>
        <source>En medarbetare lämnade ett uppdrag</source>
        <translation>A staff member left an engagement</translation>
    </message>
    <message>
        <source>En vikarie deltar i ett uppdrag</source>
        <translation>A substitute joined an engagement</translation>
    </message>
    <message>
        <source>Tillgången ändrades enligt datum</source>
        <translation>Access changed by date</translation>
    </message>
    <message>
        <source>Ett samarbete kopplades</source>
        <translation>A collaboration was linked</translation>
    </message>
    <message>
        <source>Ett samarbete blev okopplat</source>
        <translation>A collaboration became unlinked</translation>
    </message>
    <message>
        <source>Ett samarbete flyttades till ett annat uppdrag</source>
        <translation>A collaboration was moved to another engagement</translation>
    </message>
    <message>
        <source>Tjänsten för ett samarbete valdes</source>
        <translation>The service of a collaboration was chosen</translation>
    </message>
    <message>
        <source>Villkoren för ett samarbete ändrades</source>
        <translation>The terms of a collaboration were changed</translation>
    </message>
    <message>
        <source>Visma Spcs nekade en ändring</source>
        <translation>Visma Spcs refused a change</translation>
    </message>
    <message>
        <source>Ett samarbete ska avslutas</source>
        <translation>A collaboration is to end</translation>
    </message>
    <message>
        <source>Visma Spcs bekräftade ett avslut</source>
        <translation>Visma Spcs confirmed an end</translation>
    </message>
    <message>
        <source>Visma Spcs nekade ett avslut</source>
        <translation>Visma Spcs refused an end</translation>
    </message>
    <message>
        <source>Ett avslut ångrades</source>
        <translation>An end was cancelled</translation>
    </message>
    <message>
        <source>Visma Spcs nekade att ångra ett avslut</source>
        <translation>Visma Spcs refused to cancel an end</translation>
    </message>
    <message>
        <source>Ett samarbete avslutades</source>
        <translation>A collaboration ended</translation>
    </message>
    <message>
        <source>Ett samarbete avslutades av kunden</source>
        <translation>A collaboration was ended by the customer</translation>
    </message>
    <message>
        <source>Huvudkontakten hos Visma Spcs ändrades</source>
        <translation>The main contact at Visma Spcs was changed</translation>
    </message>
    <message>
        <source>Visma Spcs nekade en ny huvudkontakt</source>
        <translation>Visma Spcs refused a new main contact</translation>
    </message>
    <message>
        <source>Tjänster aktiverades</source>
        <translation>Services were activated</translation>
    </message>
    <message>
        <source>En aktivering stoppades och väntar på beslut</source>
        <translation>An activation was stopped and waits for a decision</translation>
    </message>
    <message>
        <source>En stoppad aktivering fortsatte</source>
        <translation>A stopped activation went on</translation>
    </message>
    <message>
        <source>En aktivering avbröts</source>
        <translation>An activation was cancelled</translation>
    </message>
    <message>
        <source>Visma Spcs nekade en aktivering</source>
        <translation>Visma Spcs refused an activation</translation>
    </message>
    <message>
        <source>Kunden registreras hos Visma Spcs</source>
        <translation>The customer is being registered with Visma Spcs</translation>
    </message>
    <message>
        <source>Kunden registrerades hos Visma Spcs</source>
        <translation>The customer was registered with Visma Spcs</translation>
    </message>
    <message>
        <source>Kunden bjöds in</source>
        <translation>The customer was invited</translation>
    </message>
    <message>
        <source>Kunden påmindes</source>
        <translation>The customer was reminded</translation>
    </message>
    <message>
        <source>Inbjudan skickades igen</source>
        <translation>The invitation was sent again</translation>
    </message>
    <message>
        <source>Inbjudan drogs tillbaka</source>
        <translation>The invitation was withdrawn</translation>
    </message>
    <message>
        <source>Inbjudan gick ut</source>
        <translation>The invitation expired</translation>
    </message>
    <message>
        <source>Inbjudan låstes efter felaktiga svar</source>
        <translation>The invitation was locked after wrong answers</translation>
    </message>
    <message>
        <source>Inloggningsinstruktioner skickades igen</source>
        <translation>Login instructions were sent again</translation>
    </message>
    <message>
        <source>Ett mejl skickades</source>
        <translation>An e-mail was sent</translation>
    </message>
    <message>
        <source>Ett mejl studsade</source>
        <translation>An e-mail bounced</translation>
    </message>
    <message>
        <source>Ett mejl nekades av mottagarens server</source>
        <translation>An e-mail was refused by the recipient&apos;s server</translation>
    </message>
    <message>
        <source>Ingen e-post gick iväg från servern</source>
        <translation>No e-mail left the server</translation>
    </message>
    <message>
        <source>E-posten från servern går iväg igen</source>
        <translation>E-mail leaves the server again</translation>
    </message>
    <message>
        <source>Kunden godkände</source>
        <translation>The customer approved</translation>
    </message>
    <message>
        <source>Kunden avböjde</source>
        <translation>The customer declined</translation>
    </message>
    <message>
        <source>Visma Spcs nekade det som kunden godkände</source>
        <translation>Visma Spcs refused what the customer approved</translation>
    </message>
    <message>
        <source>Servern återställdes från en kopia: kundens svar kan ha gått förlorat</source>
        <translation>The server was restored from a copy: the customer&apos;s answer may have been lost</translation>
    </message>
    <message>
        <source>Visma Spcs nekade en rättad kontakt</source>
        <translation>Visma Spcs refused a corrected contact</translation>
    </message>
    <message>
        <source>Sidan för första inloggningen låstes efter felaktiga svar</source>
        <translation>The page for the first sign-in was locked after wrong answers</translation>
    </message>
    <message>
        <source>Kundens sida låstes efter felaktiga svar</source>
        <translation>The customer&apos;s page was locked after wrong answers</translation>
    </message>
    <message>
        <source>En medarbetares uppgifter ändrades</source>
        <translation>A staff member&apos;s details were changed</translation>
    </message>
    <message>
        <source>En medarbetare ska sluta</source>
        <translation>A staff member is going to leave</translation>
    </message>
    <message>
        <source>En medarbetare slutade</source>
        <translation>A staff member left</translation>
    </message>
    <message>
        <source>Byråns inställningar ändrades</source>
        <translation>The firm&apos;s settings were changed</translation>
    </message>
    <message>
        <source>Servern återställdes från en säkerhetskopia</source>
        <translation>The server was restored from a backup</translation>
    </message>
    <message>
        <source>Personnumret visades</source>
        <translation>The personal number was revealed</translation>
    </message>
    <message>
        <source>Ett beslut om koppling fattades</source>
        <translation>A decision about a link was made</translation>
    </message>
    <message>
        <source>Ett beslut om koppling ångrades</source>
        <translation>A decision about a link was revoked</translation>
    </message>
    <message>
        <source>Kunden</source>
        <translation>The customer</translation>
    </message>
    <message>
        <source>Visma Spcs</source>
        <translation>Visma Spcs</translation>
    </message>
    <message>
        <source>Samverka</source>
        <translation>Samverka</translation>
    </message>
</context>
<context>
    <name>HistoryCard</name>
    <message>
        <source>Ingenting har hänt än.</source>
        <translation>Nothing has happened yet.</translation>
    </message>
    <message numerus="yes">
        <source>och %n äldre händelser</source>
        <translation>
            <numerusform>and %n older event</numerusform>
            <numerusform>and %n older events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <source>Historik</source>
        <translation>History</translation>
    </message>
    <message>
        <source>Beslut om kopplingar</source>
        <translation>Decisions about links</translation>
    </message>
    <message>
        <source>Stäng</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Sök företag, kund eller medarbetare</source>
        <translation>Search company, customer or staff member</translation>
    </message>
    <message>
        <source>Inga beslut</source>
        <translation>No decisions</translation>
    </message>
    <message>
        <source>Här visas vem som har kopplat eller avfärdat vad, och när.</source>
        <translation>Shows who has linked or set aside what, and when.</translation>
    </message>
    <message>
        <source>Ändra kopplingen…</source>
        <translation>Change the link…</translation>
    </message>
    <message>
        <source>Ta upp igen</source>
        <translation>Take up again</translation>
    </message>
    <message>
        <source>Välj ett beslut där kopplingen finns kvar.</source>
        <translation>Choose a decision whose link still stands.</translation>
    </message>
    <message>
        <source>Välj ett beslut om att inte koppla som gäller fortfarande.</source>
        <translation>Choose a decision not to link that still holds.</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>När</source>
        <translation>When</translation>
    </message>
    <message>
        <source>Vem</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>Beslut</source>
        <translation>Decision</translation>
    </message>
    <message>
        <source>Samarbete</source>
        <translation>Collaboration</translation>
    </message>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>%1 (ångrat)</source>
        <translation>%1 (undone)</translation>
    </message>
</context>
<context>
    <name>HitsModel</name>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>Kundnr</source>
        <translation>Cust. no.</translation>
    </message>
    <message>
        <source>Org.nr/pers.nr</source>
        <translation>Org./personal no.</translation>
    </message>
    <message>
        <source>Ort</source>
        <translation>Town</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>Ny</source>
        <translation>New</translation>
    </message>
    <message>
        <source>Ändrad</source>
        <translation>Changed</translation>
    </message>
    <message>
        <source>Samma</source>
        <translation>Same</translation>
    </message>
    <message>
        <source>Ogiltig</source>
        <translation>Invalid</translation>
    </message>
    <message>
        <source>Dubblett</source>
        <translation>Duplicate</translation>
    </message>
    <message>
        <source>Namn</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Företagsform</source>
        <translation>Legal form</translation>
    </message>
    <message>
        <source>Org.nr</source>
        <translation>Org. no.</translation>
    </message>
    <message>
        <source>Kundnr</source>
        <translation>Customer no.</translation>
    </message>
    <message>
        <source>Kundnr hos Visma Spcs</source>
        <translation>Customer no. at Visma Spcs</translation>
    </message>
    <message>
        <source>Räkenskapsåret slutar</source>
        <translation>Fiscal year ends</translation>
    </message>
    <message>
        <source>Kontor</source>
        <translation>Office</translation>
    </message>
    <message>
        <source>Gata</source>
        <translation>Street</translation>
    </message>
    <message>
        <source>Postnr</source>
        <translation>Postal code</translation>
    </message>
    <message>
        <source>Ort</source>
        <translation>Town</translation>
    </message>
    <message>
        <source>Land</source>
        <translation>Country</translation>
    </message>
    <message>
        <source>Kontakt</source>
        <translation>Contact</translation>
    </message>
    <message>
        <source>E-post</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Telefon</source>
        <translation>Phone</translation>
    </message>
</context>
<context>
    <name>ImportListModel</name>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>Org.nr</source>
        <translation>Org. no.</translation>
    </message>
    <message>
        <source>Läge</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Anmärkning</source>
        <translation>Remark</translation>
    </message>
    <message>
        <source>Ort</source>
        <translation>Town</translation>
    </message>
    <message>
        <source>Postnr</source>
        <translation>Postal code</translation>
    </message>
    <message>
        <source>Kontakt</source>
        <translation>Contact</translation>
    </message>
    <message>
        <source>E-post</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Rad</source>
        <translation>Row</translation>
    </message>
    <message>
        <source>Fil</source>
        <translation>File</translation>
    </message>
    <message>
        <source>Rad %1</source>
        <translation>Row %1</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>Importera kunder</source>
        <translation>Import customers</translation>
    </message>
    <message>
        <source>Finns kunderna i en fil kan du läsa in dem nu: csv, Excel eller SIE. Du ser först vad som är nytt, ändrat och fel, och inget ändras innan du säger till.</source>
        <translation>If the customers are in a file, you can import them now: csv, Excel or SIE. You first see what is new, changed and wrong, and nothing is changed before you say so.</translation>
    </message>
    <message>
        <source>Välj filer…</source>
        <translation>Choose files…</translation>
    </message>
    <message>
        <source>Du är inte ansluten till någon server.</source>
        <translation>You are not connected to any server.</translation>
    </message>
    <message>
        <source>Då går det inte att importera. Du kan ansluta senare under Inställningar.</source>
        <translation>Then nothing can be imported. You can connect later under Settings.</translation>
    </message>
    <message>
        <source>Anslut till en server och logga in först</source>
        <translation>Connect to a server and sign in first</translation>
    </message>
    <message>
        <source>Inloggad som %1.</source>
        <translation>Signed in as %1.</translation>
    </message>
    <message>
        <source>Inloggad.</source>
        <translation>Signed in.</translation>
    </message>
    <message>
        <source>Hämtar byråns uppgifter …</source>
        <translation>Fetching the firm&apos;s data …</translation>
    </message>
    <message numerus="yes">
        <source>Servern har redan %n kunder.</source>
        <translation>
            <numerusform>The server has %n customer already.</numerusform>
            <numerusform>The server has %n customers already.</numerusform>
        </translation>
    </message>
    <message>
        <source>Byrån har inga kunder på servern än.</source>
        <translation>The firm has no customers on the server yet.</translation>
    </message>
</context>
<context>
    <name>ImportPane</name>
    <message>
        <source>Importera</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Välj filer…</source>
        <translation>Choose files…</translation>
    </message>
    <message>
        <source>Sök i filerna</source>
        <translation>Search in the files</translation>
    </message>
    <message>
        <source>Rader i filerna</source>
        <translation>Rows of the files</translation>
    </message>
    <message>
        <source>Alla</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Nya</source>
        <translation>New</translation>
    </message>
    <message>
        <source>Ändrade</source>
        <translation>Changed</translation>
    </message>
    <message>
        <source>Samma</source>
        <translation>Same</translation>
    </message>
    <message>
        <source>Ogiltiga</source>
        <translation>Invalid</translation>
    </message>
    <message>
        <source>Med anmärkning</source>
        <translation>With remark</translation>
    </message>
    <message>
        <source>Vänta tills det som väljs in nu ligger i utkorgen.</source>
        <translation>Wait until what is being imported is in the outbox.</translation>
    </message>
    <message>
        <source>Vänta tills raderna ligger i utkorgen.</source>
        <translation>Wait until the rows are in the outbox.</translation>
    </message>
    <message>
        <source>Läser filerna…</source>
        <translation>Reading the files…</translation>
    </message>
    <message>
        <source>Inga rader passar</source>
        <translation>No rows fit</translation>
    </message>
    <message>
        <source>Sök på något annat eller visa alla rader.</source>
        <translation>Search for something else or show all rows.</translation>
    </message>
    <message>
        <source>Visa alla</source>
        <translation>Show all</translation>
    </message>
    <message>
        <source>Det finns inga kunder i filerna</source>
        <translation>There are no customers in the files</translation>
    </message>
    <message>
        <source>Vad som är fel står ovanför. Inget har ändrats.</source>
        <translation>What is wrong stands above. Nothing has been changed.</translation>
    </message>
    <message>
        <source>Läs in kunder från en fil</source>
        <translation>Import customers from a file</translation>
    </message>
    <message>
        <source>Välj csv, Excel (.xlsx) eller SIE, en eller flera, eller dra dem hit. Inget ändras förrän du har sett vad som kommer att hända.</source>
        <translation>Choose csv, Excel (.xlsx) or SIE, one or several, or drag them here. Nothing is changed until you have seen what will happen.</translation>
    </message>
    <message numerus="yes">
        <source>%n filer</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rader</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message>
        <source>Välj filer att läsa in</source>
        <translation>Choose files to import</translation>
    </message>
    <message>
        <source>Kundlistor och SIE-filer</source>
        <translation>Customer lists and SIE files</translation>
    </message>
    <message>
        <source>Alla filer</source>
        <translation>All files</translation>
    </message>
</context>
<context>
    <name>InvitationListModel</name>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>Tjänster</source>
        <translation>Services</translation>
    </message>
    <message>
        <source>Svar</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>Skickad</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>Väntat</source>
        <translation>Waited</translation>
    </message>
    <message>
        <source>Påmind</source>
        <translation>Reminded</translation>
    </message>
    <message>
        <source>Inte skickad än</source>
        <translation>Not sent yet</translation>
    </message>
    <message numerus="yes">
        <source>%n dagar</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message>
        <source>väntat %1</source>
        <translation>waited %1</translation>
    </message>
    <message>
        <source>godkänd</source>
        <translation>approved</translation>
    </message>
    <message>
        <source>avböjd</source>
        <translation>declined</translation>
    </message>
    <message>
        <source>E-posten studsade</source>
        <translation>The e-mail bounced</translation>
    </message>
    <message>
        <source>Adressen nekades</source>
        <translation>The address was refused</translation>
    </message>
    <message>
        <source>Låst efter felaktiga svar</source>
        <translation>Locked after wrong answers</translation>
    </message>
    <message>
        <source>Skickas</source>
        <translation>Being sent</translation>
    </message>
    <message>
        <source>Väntar på kund</source>
        <translation>Waiting for the customer</translation>
    </message>
    <message>
        <source>Utgången</source>
        <translation>Expired</translation>
    </message>
    <message>
        <source>Tillbakadragen</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>Avböjd</source>
        <translation>Declined</translation>
    </message>
    <message>
        <source>Delvis godkänd</source>
        <translation>Partly approved</translation>
    </message>
    <message>
        <source>Godkänd</source>
        <translation>Approved</translation>
    </message>
    <message>
        <source>av %1</source>
        <translation>by %1</translation>
    </message>
    <message>
        <source>Svarade</source>
        <translation>Answered</translation>
    </message>
    <message>
        <source>skickad %1</source>
        <translation>sent %1</translation>
    </message>
    <message>
        <source>påmind %1</source>
        <translation>reminded %1</translation>
    </message>
    <message>
        <source>till %1</source>
        <translation>until %1</translation>
    </message>
    <message>
        <source>företaget är i konkurs</source>
        <translation>the company is bankrupt</translation>
    </message>
    <message>
        <source>företaget har gått upp i ett annat</source>
        <translation>the company has been merged into another</translation>
    </message>
</context>
<context>
    <name>InvitationsCard</name>
    <message>
        <source>Kunden har inte fått någon inbjudan.</source>
        <translation>The customer has not got any invitation.</translation>
    </message>
    <message>
        <source>Skickas</source>
        <translation>Being sent</translation>
    </message>
    <message>
        <source>Väntar på kund</source>
        <translation>Waiting for the customer</translation>
    </message>
    <message>
        <source>Besvarad</source>
        <translation>Answered</translation>
    </message>
    <message>
        <source>Utgången</source>
        <translation>Expired</translation>
    </message>
    <message>
        <source>Tillbakadragen</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>e-posten studsade</source>
        <translation>the e-mail bounced</translation>
    </message>
    <message>
        <source>adressen nekades</source>
        <translation>the address was refused</translation>
    </message>
    <message>
        <source>låst efter felaktiga svar</source>
        <translation>locked after wrong answers</translation>
    </message>
    <message>
        <source>Visa</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>Visa inbjudan till %1</source>
        <translation>Show the invitation to %1</translation>
    </message>
</context>
<context>
    <name>InvitationsPane</name>
    <message>
        <source>Skickade inbjudningar</source>
        <translation>Sent invitations</translation>
    </message>
    <message>
        <source>Sök kund eller mottagare</source>
        <translation>Search customer or recipient</translation>
    </message>
    <message>
        <source>Alla</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Väntar på kund</source>
        <translation>Waiting for the customer</translation>
    </message>
    <message>
        <source>Nådde inte fram</source>
        <translation>Did not arrive</translation>
    </message>
    <message>
        <source>Besvarade</source>
        <translation>Answered</translation>
    </message>
    <message>
        <source>Avböjda</source>
        <translation>Declined</translation>
    </message>
    <message>
        <source>Utgångna och tillbakadragna</source>
        <translation>Expired and withdrawn</translation>
    </message>
    <message>
        <source>Rätta adress och skicka igen…</source>
        <translation>Correct address and send again…</translation>
    </message>
    <message>
        <source>Dra tillbaka…</source>
        <translation>Withdraw…</translation>
    </message>
    <message numerus="yes">
        <source>%n väntar på svar</source>
        <translation>
            <numerusform>%n waits for an answer</numerusform>
            <numerusform>%n wait for an answer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skickade</source>
        <translation>
            <numerusform>%n sent</numerusform>
            <numerusform>%n sent</numerusform>
        </translation>
    </message>
    <message>
        <source>Ingen inbjudan passar</source>
        <translation>No invitation fits</translation>
    </message>
    <message>
        <source>Sök på något annat eller visa alla.</source>
        <translation>Search for something else or show all.</translation>
    </message>
    <message>
        <source>Visa alla</source>
        <translation>Show all</translation>
    </message>
    <message>
        <source>Inga inbjudningar ännu</source>
        <translation>No invitations yet</translation>
    </message>
    <message>
        <source>Aktiverar du en tjänst för en kund som finns hos Visma Spcs hamnar inbjudan här.</source>
        <translation>When you activate a service for a customer that Visma Spcs knows, the invitation comes here.</translation>
    </message>
    <message numerus="yes">
        <source>%n markerade</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
    <message>
        <source>Påminn %1</source>
        <translation>Remind %1</translation>
    </message>
    <message>
        <source>Påminn</source>
        <translation>Remind</translation>
    </message>
    <message>
        <source>Välj en inbjudan först.</source>
        <translation>Choose an invitation first.</translation>
    </message>
    <message>
        <source>Välj en enda inbjudan.</source>
        <translation>Choose a single invitation.</translation>
    </message>
    <message>
        <source>E-posten till %1 studsade.</source>
        <translation>The e-mail to %1 bounced.</translation>
    </message>
    <message>
        <source>%1 nekades.</source>
        <translation>%1 was refused.</translation>
    </message>
    <message>
        <source>Inbjudan väntar inte längre på svar.</source>
        <translation>The invitation no longer waits for an answer.</translation>
    </message>
    <message>
        <source>Kunden har redan påmints i dag.</source>
        <translation>The customer has been reminded today already.</translation>
    </message>
    <message>
        <source>Inbjudan nådde inte fram. Rätta adressen och skicka den igen.</source>
        <translation>The invitation did not arrive. Correct the address and send it again.</translation>
    </message>
    <message>
        <source>Inbjudan är låst. Skicka den igen i stället.</source>
        <translation>The invitation is locked. Send it again instead.</translation>
    </message>
    <message numerus="yes">
        <source>%n kunder får en påminnelse</source>
        <translation>
            <numerusform>%n customer gets a reminder</numerusform>
            <numerusform>%n customers get a reminder</numerusform>
        </translation>
    </message>
    <message>
        <source>Inbjudan skickas igen</source>
        <translation>The invitation is sent again</translation>
    </message>
    <message>
        <source>Dra tillbaka inbjudan till %1?</source>
        <translation>Withdraw the invitation to %1?</translation>
    </message>
    <message>
        <source>Länken i kundens e-post slutar fungera och kunden får ett meddelande om det.</source>
        <translation>The link in the customer&apos;s e-mail stops working and the customer is told so.</translation>
    </message>
    <message>
        <source>Dra tillbaka inbjudan</source>
        <translation>Withdraw invitation</translation>
    </message>
    <message>
        <source>Behåll</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>Inbjudan dras tillbaka</source>
        <translation>The invitation is withdrawn</translation>
    </message>
    <message>
        <source>Gör om…</source>
        <translation>Make anew…</translation>
    </message>
    <message>
        <source>Inbjudan väntar på kunden. Den kan göras om när den är avböjd eller utgången.</source>
        <translation>The invitation waits for the customer. It can be made anew when it has been declined or has expired.</translation>
    </message>
    <message>
        <source>Kunden har godkänt allt i inbjudan.</source>
        <translation>The customer has approved everything in the invitation.</translation>
    </message>
</context>
<context>
    <name>JoinDialog</name>
    <message>
        <source>Välj uppdrag</source>
        <translation>Choose engagements</translation>
    </message>
    <message>
        <source>Lägg till</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>Sök kund eller uppdrag</source>
        <translation>Search customer or engagement</translation>
    </message>
    <message>
        <source>Bara till och med</source>
        <translation>Only until</translation>
    </message>
    <message>
        <source>Till och med</source>
        <translation>Until</translation>
    </message>
    <message>
        <source>Välj uppdrag för %1</source>
        <translation>Choose engagements for %1</translation>
    </message>
    <message>
        <source>Kryssa för Bara till och med först.</source>
        <translation>Tick Only until first.</translation>
    </message>
</context>
<context>
    <name>KeptRecords</name>
    <message>
        <source>Överlämnat till kunden den</source>
        <translation>Handed over to the customer on</translation>
    </message>
    <message>
        <source>Kryssa för Överlämnat till kunden först.</source>
        <translation>Tick Handed over to the customer on first.</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Tangenter</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>Mellanslag</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Ctrl</translation>
    </message>
    <message>
        <source>Föregående och nästa rad</source>
        <translation>Previous and next row</translation>
    </message>
    <message>
        <source>Välj förslag</source>
        <translation>Choose a suggestion</translation>
    </message>
    <message>
        <source>Koppla till det valda förslaget</source>
        <translation>Link to the chosen suggestion</translation>
    </message>
    <message>
        <source>Ingen av dessa, med skäl</source>
        <translation>None of these, with a reason</translation>
    </message>
    <message>
        <source>Skapa kund och koppla</source>
        <translation>Create customer and link</translation>
    </message>
    <message>
        <source>Välj ett annat uppdrag</source>
        <translation>Choose another engagement</translation>
    </message>
    <message>
        <source>Senare</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>Markera raden</source>
        <translation>Tick the row</translation>
    </message>
    <message>
        <source>Granska och koppla de markerade</source>
        <translation>Review and link the ticked</translation>
    </message>
    <message>
        <source>Ångra det senaste beslutet</source>
        <translation>Undo the latest decision</translation>
    </message>
    <message>
        <source>Sök i okopplade</source>
        <translation>Search the unlinked</translation>
    </message>
    <message>
        <source>Nästa del av fönstret</source>
        <translation>Next part of the window</translation>
    </message>
    <message>
        <source>Stäng</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Välj eller byt tjänst</source>
        <translation>Choose or change the service</translation>
    </message>
    <message>
        <source>Sök efter en annan kund</source>
        <translation>Search for another customer</translation>
    </message>
</context>
<context>
    <name>LeaveDialog</name>
    <message>
        <source>Medarbetaren slutar</source>
        <translation>The colleague leaves</translation>
    </message>
    <message>
        <source>Lämna över och avsluta tillgången</source>
        <translation>Hand over and end the access</translation>
    </message>
    <message>
        <source>Tar över som uppdragsansvarig</source>
        <translation>Takes over as engagement owner</translation>
    </message>
    <message>
        <source>Tar över som deltagare</source>
        <translation>Takes over as participant</translation>
    </message>
    <message>
        <source>Tar över som kundansvarig</source>
        <translation>Takes over as account manager</translation>
    </message>
    <message>
        <source>Sista dag</source>
        <translation>Last day</translation>
    </message>
    <message>
        <source>%1 slutar</source>
        <translation>%1 leaves</translation>
    </message>
    <message>
        <source>Ge först uppdrag och kunder till andra. Efter sista dagen har %1 inte tillgång till någon kund.</source>
        <translation>First give engagements and customers to others. After the last day %1 has no access to any customer.</translation>
    </message>
    <message>
        <source>Ingen: deltagandet upphör</source>
        <translation>Nobody: the participation ends</translation>
    </message>
    <message>
        <source>Välj kollega</source>
        <translation>Choose a colleague</translation>
    </message>
    <message>
        <source>Hämtar …</source>
        <translation>Fetching …</translation>
    </message>
    <message>
        <source>Välj vem som tar över uppdrag och kunder.</source>
        <translation>Choose who takes over engagements and customers.</translation>
    </message>
    <message numerus="yes">
        <source>%n uppdrag och kunder har ingen ny ansvarig.</source>
        <translation>
            <numerusform>%n engagement or customer has nobody new.</numerusform>
            <numerusform>%n engagements and customers have nobody new.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 har tillgång till och med %2</source>
        <translation>%1 has access until %2</translation>
    </message>
    <message>
        <source>Överlämningslista…</source>
        <translation>Handover list…</translation>
    </message>
</context>
<context>
    <name>LifeDialog</name>
    <message>
        <source>Avbryt guiden</source>
        <translation>Stop the guide</translation>
    </message>
    <message>
        <source>Stäng</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Händelse hos kunden</source>
        <translation>Event at the customer</translation>
    </message>
    <message>
        <source>Hämtar …</source>
        <translation>Fetching …</translation>
    </message>
    <message>
        <source>Vad händer hos %1?</source>
        <translation>What is happening at %1?</translation>
    </message>
    <message>
        <source>Guiden visar vad som återstår. Ingenting görs förrän du trycker på ett steg.</source>
        <translation>The guide shows what is left. Nothing is done until you press a step.</translation>
    </message>
    <message>
        <source>%1 av %2 steg är klara.</source>
        <translation>%1 of %2 steps are done.</translation>
    </message>
    <message>
        <source>Du kan stänga och fortsätta senare: det som är gjort finns kvar.</source>
        <translation>You can close and go on later: what is done stays done.</translation>
    </message>
    <message>
        <source>Klart</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>Guiden är avbruten. Det som är gjort finns kvar.</source>
        <translation>The guide is stopped. What is done stays done.</translation>
    </message>
    <message>
        <source>Dödsboet efter %1</source>
        <translation>Estate of %1</translation>
    </message>
    <message numerus="yes">
        <source>Dra tillbaka %n inbjudningar till %1?</source>
        <translation>
            <numerusform>Withdraw %n invitation to %1?</numerusform>
            <numerusform>Withdraw %n invitations to %1?</numerusform>
        </translation>
    </message>
    <message>
        <source>Dra tillbaka inbjudan till %1?</source>
        <translation>Withdraw the invitation to %1?</translation>
    </message>
    <message>
        <source>%1, till %2</source>
        <translation>%1, to %2</translation>
    </message>
    <message>
        <source>Länken i kundens e-post slutar fungera och kunden får ett meddelande om det.</source>
        <translation>The link in the customer&apos;s e-mail stops working and the customer is told so.</translation>
    </message>
    <message>
        <source>Dra tillbaka</source>
        <translation>Withdraw</translation>
    </message>
    <message>
        <source>Behåll</source>
        <translation>Keep</translation>
    </message>
</context>
<context>
    <name>LifeGuide</name>
    <message>
        <source>Kunden lämnar byrån</source>
        <translation>The customer leaves the firm</translation>
    </message>
    <message>
        <source>Avsluta allt, lämna över och arkivera.</source>
        <translation>End everything, hand over and archive.</translation>
    </message>
    <message>
        <source>Ägarbyte</source>
        <translation>Change of owner</translation>
    </message>
    <message>
        <source>Samma organisationsnummer: ny kundkännedom, huvudkontakt och administratörer.</source>
        <translation>The same organisation number: new due diligence, main contact and administrators.</translation>
    </message>
    <message>
        <source>Ombildning, fusion eller överlåtelse</source>
        <translation>Conversion, merger or transfer of business</translation>
    </message>
    <message>
        <source>Nytt organisationsnummer: samarbetena aktiveras på nytt, de flyttas aldrig.</source>
        <translation>A new organisation number: the collaborations are activated anew, never moved.</translation>
    </message>
    <message>
        <source>Konkurs</source>
        <translation>Bankruptcy</translation>
    </message>
    <message>
        <source>Konkursförvaltaren företräder bolaget från och med nu.</source>
        <translation>The administrator in bankruptcy represents the company from now on.</translation>
    </message>
    <message>
        <source>Dödsfall</source>
        <translation>Death</translation>
    </message>
    <message>
        <source>Kunden blir ett dödsbo med en ny företrädare.</source>
        <translation>The customer becomes an estate with a new representative.</translation>
    </message>
    <message>
        <source>Dra tillbaka obesvarade inbjudningar</source>
        <translation>Withdraw unanswered invitations</translation>
    </message>
    <message>
        <source>Ingen ska kunna godkänna något som inte längre gäller.</source>
        <translation>Nobody should be able to approve what no longer holds.</translation>
    </message>
    <message>
        <source>Avsluta samarbetena</source>
        <translation>End the collaborations</translation>
    </message>
    <message>
        <source>Vad som händer med uppgifterna visas för varje tjänst.</source>
        <translation>What happens to the data is shown for each service.</translation>
    </message>
    <message>
        <source>Avsluta allt…</source>
        <translation>End everything…</translation>
    </message>
    <message>
        <source>Lämna över till kunden eller den nya byrån</source>
        <translation>Hand over to the customer or the new firm</translation>
    </message>
    <message>
        <source>Skriv ut överlämningslistan och kryssa för när materialet är lämnat.</source>
        <translation>Print the handover list, and tick when the material has been handed over.</translation>
    </message>
    <message>
        <source>Överlämningslista…</source>
        <translation>Handover list…</translation>
    </message>
    <message>
        <source>Avsluta uppdragen</source>
        <translation>Close the engagements</translation>
    </message>
    <message>
        <source>Byråns medarbetare har sedan ingen tillgång genom dem.</source>
        <translation>The firm&apos;s staff then have no access through them.</translation>
    </message>
    <message>
        <source>Avsluta uppdrag…</source>
        <translation>Close engagements…</translation>
    </message>
    <message>
        <source>Arkivera kunden</source>
        <translation>Archive the customer</translation>
    </message>
    <message>
        <source>Kunden finns kvar bland de arkiverade och kan återställas.</source>
        <translation>The customer stays among the archived ones and can be restored.</translation>
    </message>
    <message>
        <source>Arkivera</source>
        <translation>Archive</translation>
    </message>
    <message>
        <source>Ny huvudkontakt hos byrån</source>
        <translation>New main contact at the firm</translation>
    </message>
    <message>
        <source>Den som företräder kunden från och med nu.</source>
        <translation>Whoever represents the customer from now on.</translation>
    </message>
    <message>
        <source>Lägg till kontakt…</source>
        <translation>Add contact…</translation>
    </message>
    <message>
        <source>Ny huvudkontakt hos Visma Spcs</source>
        <translation>New main contact at Visma Spcs</translation>
    </message>
    <message>
        <source>Blir också administratör och svarar på inbjudningar.</source>
        <translation>Becomes administrator, too, and answers invitations.</translation>
    </message>
    <message>
        <source>Välj huvudkontakt…</source>
        <translation>Choose main contact…</translation>
    </message>
    <message>
        <source>Ny kundkännedom</source>
        <translation>New due diligence</translation>
    </message>
    <message>
        <source>Den gamla gäller inte längre. Notera när den nya är klar.</source>
        <translation>The old one no longer holds. Note when the new one is done.</translation>
    </message>
    <message>
        <source>Notera…</source>
        <translation>Note…</translation>
    </message>
    <message>
        <source>Nytt uppdragsavtal</source>
        <translation>New engagement letter</translation>
    </message>
    <message>
        <source>Notera när de nya ägarna har skrivit under.</source>
        <translation>Note when the new owners have signed.</translation>
    </message>
    <message>
        <source>Tidigare administratörer är borttagna</source>
        <translation>Earlier administrators are removed</translation>
    </message>
    <message>
        <source>Kunden tar själv bort dem på vismaspcs.se. Kontrollera och kryssa för.</source>
        <translation>The customer removes them at vismaspcs.se. Check, and tick.</translation>
    </message>
    <message>
        <source>Kontrollera hos Visma Spcs</source>
        <translation>Check with Visma Spcs</translation>
    </message>
    <message>
        <source>Lägg upp efterträdaren</source>
        <translation>Create the successor</translation>
    </message>
    <message>
        <source>Kontakter, adress och ansvariga följer med. Kunderna knyts till varandra.</source>
        <translation>Contacts, address and those responsible come along. The customers are joined.</translation>
    </message>
    <message>
        <source>Skapa kund…</source>
        <translation>Create customer…</translation>
    </message>
    <message>
        <source>Uppdrag hos efterträdaren</source>
        <translation>Engagements at the successor</translation>
    </message>
    <message>
        <source>Samma uppdrag med samma medarbetare, från i dag.</source>
        <translation>The same engagements with the same staff, from today.</translation>
    </message>
    <message>
        <source>Skapa uppdragen</source>
        <translation>Create the engagements</translation>
    </message>
    <message>
        <source>Aktivera tjänsterna hos efterträdaren</source>
        <translation>Activate the services at the successor</translation>
    </message>
    <message>
        <source>Ett samarbete hör till ett organisationsnummer och kan inte flyttas.</source>
        <translation>A collaboration belongs to one organisation number and cannot be moved.</translation>
    </message>
    <message>
        <source>Aktivera tjänster…</source>
        <translation>Activate services…</translation>
    </message>
    <message>
        <source>Gör om kunden till dödsbo</source>
        <translation>Make the customer an estate</translation>
    </message>
    <message>
        <source>Numret är detsamma. Tjänster som är bundna till företagsformen avslutas först.</source>
        <translation>The number is the same. Services that are bound to the legal form end first.</translation>
    </message>
    <message>
        <source>Gör om till dödsbo</source>
        <translation>Make it an estate</translation>
    </message>
    <message>
        <source>Bestäm vad som ska fortsätta</source>
        <translation>Decide what goes on</translation>
    </message>
    <message>
        <source>Kom överens med den nya företrädaren om vilka tjänster som ska avslutas.</source>
        <translation>Agree with the new representative which services are to end.</translation>
    </message>
    <message>
        <source>Avsluta…</source>
        <translation>End…</translation>
    </message>
    <message>
        <source>Klart</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>Först: %1</source>
        <translation>First: %1</translation>
    </message>
    <message>
        <source>Avslutas %1</source>
        <translation>Ends %1</translation>
    </message>
    <message>
        <source>%1 kvar</source>
        <translation>%1 left</translation>
    </message>
    <message>
        <source>Dra tillbaka…</source>
        <translation>Withdraw…</translation>
    </message>
</context>
<context>
    <name>LinkDialog</name>
    <message>
        <source>Ändra kopplingen</source>
        <translation>Change the link</translation>
    </message>
    <message>
        <source>Tjänst</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Kopplat till</source>
        <translation>Linked to</translation>
    </message>
    <message>
        <source>Uppdrag</source>
        <translation>Engagement</translation>
    </message>
    <message>
        <source>Tillgång</source>
        <translation>Access</translation>
    </message>
    <message>
        <source>Ta bort kopplingen</source>
        <translation>Remove the link</translation>
    </message>
    <message>
        <source>Flytta till uppdraget</source>
        <translation>Move to the engagement</translation>
    </message>
    <message>
        <source>uppdrag saknas</source>
        <translation>engagement missing</translation>
    </message>
    <message>
        <source>Välj uppdrag …</source>
        <translation>Choose engagement …</translation>
    </message>
    <message>
        <source>ingen</source>
        <translation>nobody</translation>
    </message>
    <message>
        <source>Samarbetet fortsätter hos Visma Spcs. Förlorar tillgång: %1.</source>
        <translation>The collaboration goes on at Visma Spcs. Loses access: %1.</translation>
    </message>
    <message>
        <source>Får tillgång: %1.</source>
        <translation>Gains access: %1.</translation>
    </message>
    <message>
        <source>Ta bort kopplingen:</source>
        <translation>Remove the link:</translation>
    </message>
    <message>
        <source>Välj ett annat uppdrag först.</source>
        <translation>Choose another engagement first.</translation>
    </message>
    <message>
        <source>Oförändrad</source>
        <translation>Unchanged</translation>
    </message>
    <message>
        <source>Sparar …</source>
        <translation>Saving …</translation>
    </message>
</context>
<context>
    <name>LinkLines</name>
    <message>
        <source>Tjänst</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Uppdrag</source>
        <translation>Engagement</translation>
    </message>
    <message>
        <source>Uppdrag för %1</source>
        <translation>Engagement for %1</translation>
    </message>
    <message>
        <source>Välj tjänst först (T).</source>
        <translation>Choose the service first (T).</translation>
    </message>
    <message>
        <source>Välj uppdrag först (U).</source>
        <translation>Choose the engagement first (U).</translation>
    </message>
    <message>
        <source>Tjänst för %1</source>
        <translation>Service for %1</translation>
    </message>
    <message>
        <source>Välj tjänst …</source>
        <translation>Choose service …</translation>
    </message>
    <message>
        <source>Välj uppdrag …</source>
        <translation>Choose engagement …</translation>
    </message>
    <message>
        <source>Välj kund först</source>
        <translation>Choose a customer first</translation>
    </message>
    <message>
        <source>Skapa nytt: %1</source>
        <translation>Create new: %1</translation>
    </message>
    <message>
        <source>Inget uppdrag ännu (uppdrag saknas)</source>
        <translation>No engagement yet (engagement missing)</translation>
    </message>
    <message>
        <source>Byt tjänst (T). Nu: %1</source>
        <translation>Change the service (T). Now: %1</translation>
    </message>
</context>
<context>
    <name>ListExport</name>
    <message>
        <source>kunder</source>
        <translation>customers</translation>
    </message>
    <message>
        <source>samarbeten</source>
        <translation>collaborations</translation>
    </message>
    <message>
        <source>inbjudningar</source>
        <translation>invitations</translation>
    </message>
    <message>
        <source>Kommaseparerad lista</source>
        <translation>Comma-separated list</translation>
    </message>
    <message numerus="yes">
        <source>%n rader</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message>
        <source>uppgifter från %1</source>
        <translation>data from %1</translation>
    </message>
    <message numerus="yes">
        <source>med %n ändringar som inte är skickade</source>
        <translation>
            <numerusform>with %n change that has not been sent</numerusform>
            <numerusform>with %n changes that have not been sent</numerusform>
        </translation>
    </message>
    <message>
        <source>tillgång</source>
        <translation>access</translation>
    </message>
    <message>
        <source>Exportera</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Excel-arbetsbok</source>
        <translation>Excel workbook</translation>
    </message>
</context>
<context>
    <name>LockDialog</name>
    <message numerus="yes">
        <source>Ingen har rört det på %n minuter.</source>
        <translation>
            <numerusform>Nobody has touched it for %n minute.</numerusform>
            <numerusform>Nobody has touched it for %n minutes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Allt är kvar som du lämnade det.</source>
        <translation>Everything is as you left it.</translation>
    </message>
    <message>
        <source>Skriv lösenfrasen för att fortsätta.</source>
        <translation>Type the passphrase to go on.</translation>
    </message>
    <message>
        <source>Datorns inloggning skyddar uppgifterna: lås datorn när du går ifrån den.</source>
        <translation>The sign-in at the computer protects the data: lock the computer when you leave it.</translation>
    </message>
    <message>
        <source>Samverka är låst</source>
        <translation>Samverka is locked</translation>
    </message>
    <message>
        <source>Lösenfras</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Lås upp</source>
        <translation>Unlock</translation>
    </message>
    <message>
        <source>Fortsätt</source>
        <translation>Continue</translation>
    </message>
</context>
<context>
    <name>LoginForm</name>
    <message>
        <source>Skicka inloggningsinstruktioner igen</source>
        <translation>Send login instructions again</translation>
    </message>
    <message>
        <source>Skicka igen</source>
        <translation>Send again</translation>
    </message>
    <message>
        <source>E-post</source>
        <translation>E-mail</translation>
    </message>
</context>
<context>
    <name>MailLanguages</name>
    <message>
        <source>Mejlens språk:</source>
        <translation>Language of the e-mails:</translation>
    </message>
    <message>
        <source>Mejlets språk:</source>
        <translation>Language of the e-mail:</translation>
    </message>
    <message>
        <source>Engelska till utländska företag</source>
        <translation>English to foreign companies</translation>
    </message>
    <message>
        <source>Valt för varje kund</source>
        <translation>Chosen for each customer</translation>
    </message>
</context>
<context>
    <name>MailListModel</name>
    <message>
        <source>E-post</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Skickad</source>
        <translation>Sent</translation>
    </message>
</context>
<context>
    <name>MailTrayPane</name>
    <message>
        <source>Mejlkorg</source>
        <translation>Mail tray</translation>
    </message>
    <message>
        <source>Exempelbyråns e-post stannar här i stället för att skickas</source>
        <translation>The sample firm&apos;s e-mails stay here instead of being sent</translation>
    </message>
    <message>
        <source>Uppdatera</source>
        <translation>Refresh</translation>
    </message>
    <message>
        <source>E-post i mejlkorgen</source>
        <translation>E-mails in the mail tray</translation>
    </message>
    <message>
        <source>E-postens text</source>
        <translation>Text of the e-mail</translation>
    </message>
    <message>
        <source>Mejlkorgen är tom</source>
        <translation>The mail tray is empty</translation>
    </message>
    <message>
        <source>När du aktiverar en tjänst hamnar e-posten till kunden här. Svara som kunden.</source>
        <translation>When you activate a service, the customer&apos;s e-mail comes here. Answer as the customer.</translation>
    </message>
    <message>
        <source>Från %1 till %2 · %3</source>
        <translation>From %1 to %2 · %3</translation>
    </message>
</context>
<context>
    <name>MainContactDialog</name>
    <message>
        <source>Välj huvudkontakt</source>
        <translation>Choose main contact</translation>
    </message>
    <message>
        <source>Huvudkontakt för %1 hos Visma Spcs</source>
        <translation>Main contact for %1 at Visma Spcs</translation>
    </message>
    <message>
        <source>Personen blir administratör och huvudkontakt, och får e-post om det. Visma Spcs kräver en huvudkontakt innan ett samarbete kan avslutas.</source>
        <translation>The person becomes administrator and main contact, and gets an e-mail about it. Visma Spcs requires a main contact before a collaboration can be ended.</translation>
    </message>
    <message>
        <source>Någon annan…</source>
        <translation>Somebody else…</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Namn</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>E-post</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Gör till huvudkontakt</source>
        <translation>Make main contact</translation>
    </message>
    <message>
        <source>E-postadressen är inte skriven som en adress.</source>
        <translation>The e-mail address is not written as an address.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>&amp;Tema</source>
        <translation>&amp;Theme</translation>
    </message>
    <message>
        <source>Som &amp;systemet</source>
        <translation>As the &amp;system</translation>
    </message>
    <message>
        <source>&amp;Ljust</source>
        <translation>&amp;Light</translation>
    </message>
    <message>
        <source>&amp;Mörkt</source>
        <translation>&amp;Dark</translation>
    </message>
    <message>
        <source>&amp;Språk</source>
        <translation>&amp;Language</translation>
    </message>
    <message>
        <source>&amp;Svenska</source>
        <translation>&amp;Svenska</translation>
    </message>
    <message>
        <source>&amp;English</source>
        <translation>&amp;English</translation>
    </message>
    <message>
        <source>&amp;Radhöjd</source>
        <translation>&amp;Row height</translation>
    </message>
    <message>
        <source>&amp;Normal</source>
        <translation>&amp;Normal</translation>
    </message>
    <message>
        <source>&amp;Kompakt</source>
        <translation>&amp;Compact</translation>
    </message>
    <message>
        <source>Skärmar</source>
        <translation>Screens</translation>
    </message>
    <message>
        <source>Stängt i kundmötesläget</source>
        <translation>Closed in customer meeting mode</translation>
    </message>
</context>
<context>
    <name>ManyCheckPage</name>
    <message>
        <source>Är kunderna registrerade hos Visma Spcs?</source>
        <translation>Are the customers registered with Visma Spcs?</translation>
    </message>
    <message>
        <source>Kontrollera igen</source>
        <translation>Check again</translation>
    </message>
    <message>
        <source>Kontrollen pågår.</source>
        <translation>The check is under way.</translation>
    </message>
    <message>
        <source>Kontrollerar hos Visma Spcs</source>
        <translation>Checking with Visma Spcs</translation>
    </message>
    <message>
        <source>Kunder</source>
        <translation>Customers</translation>
    </message>
    <message>
        <source>Du är offline.</source>
        <translation>You are offline.</translation>
    </message>
    <message>
        <source>Kontrollen görs om för varje kund innan något skickas.</source>
        <translation>The check is made again for each customer before anything is sent.</translation>
    </message>
    <message>
        <source>%1 registrerade · %2 inte registrerade · %3 okända</source>
        <translation>%1 registered · %2 not registered · %3 unknown</translation>
    </message>
    <message numerus="yes">
        <source>%n kunder i utkastet finns inte längre.</source>
        <translation>
            <numerusform>%n customer in the draft no longer exists.</numerusform>
            <numerusform>%n customers in the draft no longer exist.</numerusform>
        </translation>
    </message>
    <message>
        <source>De är borttagna ur utkastet. De andra går att skicka som vanligt.</source>
        <translation>They are removed from the draft. The others can be sent as usual.</translation>
    </message>
</context>
<context>
    <name>ManyDetail</name>
    <message>
        <source>Ändra…</source>
        <translation>Change…</translation>
    </message>
    <message>
        <source>Ta bort från listan</source>
        <translation>Remove from the list</translation>
    </message>
    <message>
        <source>Välj en kund i listan.</source>
        <translation>Choose a customer in the list.</translation>
    </message>
    <message>
        <source>Välj en kund i listan</source>
        <translation>Choose a customer in the list</translation>
    </message>
    <message>
        <source>Tjänster</source>
        <translation>Services</translation>
    </message>
    <message>
        <source>%1 betalar</source>
        <translation>%1 pays</translation>
    </message>
    <message>
        <source>uppdrag saknas</source>
        <translation>no engagement</translation>
    </message>
    <message>
        <source>Inga tjänster</source>
        <translation>No services</translation>
    </message>
    <message>
        <source>E-post som skickas av Visma Spcs</source>
        <translation>E-mails that Visma Spcs sends</translation>
    </message>
    <message>
        <source>Ingen</source>
        <translation>Nobody</translation>
    </message>
    <message>
        <source>Får tillgång till kundens konto och tjänster</source>
        <translation>Gets access to the customer&apos;s account and services</translation>
    </message>
    <message>
        <source>Uppdragsansvarig på %1</source>
        <translation>Engagement owner of %1</translation>
    </message>
    <message>
        <source>Deltagare på %1</source>
        <translation>Participant of %1</translation>
    </message>
    <message>
        <source>Ingen på byrån</source>
        <translation>Nobody at the firm</translation>
    </message>
    <message>
        <source>Uppgifter som registreras om kunden inte är registrerad hos Visma Spcs</source>
        <translation>Details that are registered if the customer is not registered with Visma Spcs</translation>
    </message>
    <message>
        <source>Uppgifter som registreras hos Visma Spcs</source>
        <translation>Details that are registered with Visma Spcs</translation>
    </message>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>Kontaktperson</source>
        <translation>Contact person</translation>
    </message>
    <message>
        <source>Postadress</source>
        <translation>Postal address</translation>
    </message>
</context>
<context>
    <name>ManyPane</name>
    <message numerus="yes">
        <source>%n kunder</source>
        <translation>
            <numerusform>%n customer</numerusform>
            <numerusform>%n customers</numerusform>
        </translation>
    </message>
    <message>
        <source>Aktivera tjänst</source>
        <translation>Activate service</translation>
    </message>
    <message>
        <source>Utkast sparat %1</source>
        <translation>Draft saved %1</translation>
    </message>
    <message>
        <source>Spara utkast</source>
        <translation>Save draft</translation>
    </message>
    <message>
        <source>Avbryt</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Tillbaka</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Det här är första sidan.</source>
        <translation>This is the first page.</translation>
    </message>
    <message>
        <source>Sparar i utkorgen…</source>
        <translation>Saving in the outbox…</translation>
    </message>
    <message>
        <source>Skicka %1</source>
        <translation>Send %1</translation>
    </message>
    <message>
        <source>Lägg %1 i utkorgen</source>
        <translation>Put %1 in outbox</translation>
    </message>
    <message>
        <source>, spara %1 som utkast</source>
        <translation>, save %1 to drafts</translation>
    </message>
    <message>
        <source>Stäng</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Nästa</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>Utkastet är sparat och finns under Att göra.</source>
        <translation>The draft is saved and is found under To do.</translation>
    </message>
    <message>
        <source>Utkastet är borttaget.</source>
        <translation>The draft is removed.</translation>
    </message>
    <message>
        <source>Ångra</source>
        <translation>Undo</translation>
    </message>
</context>
<context>
    <name>ManyPresenter</name>
    <message>
        <source>Hämtar uppgifter…</source>
        <translation>Fetching data…</translation>
    </message>
    <message>
        <source>Kontrollen pågår.</source>
        <translation>The check is under way.</translation>
    </message>
    <message>
        <source>Går igenom kunderna…</source>
        <translation>Going through the customers…</translation>
    </message>
    <message>
        <source>Ingen kund kan skickas än. Se vad som ska åtgärdas.</source>
        <translation>No customer can be sent yet. See what needs to be done.</translation>
    </message>
    <message>
        <source>Bekräfta först att du har informerat kunderna.</source>
        <translation>First confirm that you have informed the customers.</translation>
    </message>
</context>
<context>
    <name>ManyResultPage</name>
    <message>
        <source>Klart</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>Resultat</source>
        <translation>Results</translation>
    </message>
    <message>
        <source>%1 i utkorgen</source>
        <translation>%1 in the outbox</translation>
    </message>
    <message>
        <source>%1 fel</source>
        <translation>%1 failed</translation>
    </message>
    <message>
        <source>%1 sparade som utkast</source>
        <translation>%1 saved to drafts</translation>
    </message>
    <message>
        <source>Sparar i utkorgen…</source>
        <translation>Saving in the outbox…</translation>
    </message>
    <message>
        <source>Klart – ärendena ligger i utkorgen</source>
        <translation>Done – the items are in the outbox</translation>
    </message>
    <message>
        <source>Alla</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Att åtgärda</source>
        <translation>To fix</translation>
    </message>
    <message>
        <source>Stoppa</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Sparar i utkorgen</source>
        <translation>Saving in the outbox</translation>
    </message>
    <message>
        <source>Försök igen med %1</source>
        <translation>Try again with %1</translation>
    </message>
    <message>
        <source>Att göra när tjänsten är igång: %1</source>
        <translation>To do when the service is running: %1</translation>
    </message>
    <message>
        <source>%1 av %2</source>
        <translation>%1 of %2</translation>
    </message>
    <message>
        <source>Det som redan ligger i utkorgen skickas även om du stoppar.</source>
        <translation>What is already in the outbox is sent even if you stop.</translation>
    </message>
    <message>
        <source>%1 skickade</source>
        <translation>%1 sent</translation>
    </message>
    <message>
        <source>%1 väntar på dig</source>
        <translation>%1 wait for you</translation>
    </message>
    <message>
        <source>%1 inte provade</source>
        <translation>%1 not tried</translation>
    </message>
    <message>
        <source>Stoppade efter %1 lika fel i rad.</source>
        <translation>Stopped after %1 equal failures in a row.</translation>
    </message>
    <message>
        <source>De skickas så snart servern nås, även om du stänger programmet.</source>
        <translation>They are sent as soon as the server is reached, even if you close the program.</translation>
    </message>
</context>
<context>
    <name>ManyReviewPage</name>
    <message>
        <source>Granska och skicka</source>
        <translation>Review and send</translation>
    </message>
    <message>
        <source>Alla</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Att åtgärda</source>
        <translation>To fix</translation>
    </message>
    <message>
        <source>Klara</source>
        <translation>Ready</translation>
    </message>
    <message>
        <source>Kunder att granska</source>
        <translation>Customers to review</translation>
    </message>
    <message>
        <source>Gäller varje kund. Sparas i loggen: %1, tidpunkten och texten (version %2).</source>
        <translation>Applies to each customer. Kept in the log: %1, the time and the text (version %2).</translation>
    </message>
    <message numerus="yes">
        <source>Kontrollen är gammal för %n kunder.</source>
        <translation>
            <numerusform>The check is old for %n customer.</numerusform>
            <numerusform>The check is old for %n customers.</numerusform>
        </translation>
    </message>
    <message>
        <source>Den görs om innan något skickas. Har något ändrats väntar ärendet på dig i utkorgen.</source>
        <translation>It is made again before anything is sent. If something has changed, the item waits for you in the outbox.</translation>
    </message>
</context>
<context>
    <name>ManyServicesPage</name>
    <message>
        <source>Vilka tjänster ska aktiveras?</source>
        <translation>Which services are to be activated?</translation>
    </message>
    <message>
        <source>Uppdrag, variant och fakturamottagare föreslås för varje kund och kan ändras i granskningen.</source>
        <translation>Engagement, variant and payer are proposed for each customer and can be changed in the review.</translation>
    </message>
    <message>
        <source>%1 av %2 kunder</source>
        <translation>%1 of %2 customers</translation>
    </message>
</context>
<context>
    <name>MeetingMode</name>
    <message>
        <source>Kundmötesläge</source>
        <translation>Customer meeting mode</translation>
    </message>
    <message>
        <source>Listorna är dolda. Tryck F8 för att visa dem igen.</source>
        <translation>The lists are hidden. Press F8 to show them again.</translation>
    </message>
    <message>
        <source>Avsluta kundmötesläget</source>
        <translation>Leave customer meeting mode</translation>
    </message>
</context>
<context>
    <name>MessageDialog</name>
    <message>
        <source>Detaljer</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Kopiera detaljer</source>
        <translation>Copy details</translation>
    </message>
    <message>
        <source>Stäng</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>NewCustomerDialog</name>
    <message>
        <source>Ny kund</source>
        <translation>New customer</translation>
    </message>
    <message>
        <source>Lägg till kund</source>
        <translation>Add customer</translation>
    </message>
    <message>
        <source>Namn</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Org.nr eller personnr</source>
        <translation>Org. or personal no.</translation>
    </message>
    <message>
        <source>Kundtyp</source>
        <translation>Kind of customer</translation>
    </message>
    <message>
        <source>Kundnr</source>
        <translation>Cust. no.</translation>
    </message>
    <message>
        <source>Gatuadress</source>
        <translation>Street address</translation>
    </message>
    <message>
        <source>Postnummer</source>
        <translation>Postal code</translation>
    </message>
    <message>
        <source>Ort</source>
        <translation>Town</translation>
    </message>
    <message>
        <source>Kontaktperson</source>
        <translation>Contact</translation>
    </message>
    <message>
        <source>E-post</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Telefon</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>Kundansvarig</source>
        <translation>Account manager</translation>
    </message>
    <message>
        <source>Kontor</source>
        <translation>Office</translation>
    </message>
    <message>
        <source>Ingen</source>
        <translation>Nobody</translation>
    </message>
    <message>
        <source>%1 (%2) är arkiverad.</source>
        <translation>%1 (%2) is archived.</translation>
    </message>
    <message>
        <source>%1 (%2).</source>
        <translation>%1 (%2).</translation>
    </message>
    <message>
        <source>Kunden finns redan:</source>
        <translation>There is already such a customer:</translation>
    </message>
    <message>
        <source>Öppna kunden</source>
        <translation>Open the customer</translation>
    </message>
    <message>
        <source>Det finns redan en kund med det numret.</source>
        <translation>There is already a customer with that number.</translation>
    </message>
    <message>
        <source>Sparar …</source>
        <translation>Saving …</translation>
    </message>
    <message>
        <source>%1 är tillagd</source>
        <translation>%1 has been added</translation>
    </message>
</context>
<context>
    <name>NumberDialog</name>
    <message>
        <source>Rätta nummer</source>
        <translation>Correct number</translation>
    </message>
    <message>
        <source>Kundtyp</source>
        <translation>Kind of customer</translation>
    </message>
    <message>
        <source>Organisations- eller personnummer</source>
        <translation>Organisation number or personal number</translation>
    </message>
    <message>
        <source>Rätta numret för %1</source>
        <translation>Correct the number of %1</translation>
    </message>
    <message>
        <source>Spara numret</source>
        <translation>Save the number</translation>
    </message>
</context>
<context>
    <name>OpenService</name>
    <message>
        <source>Välj en rad först.</source>
        <translation>Choose a row first.</translation>
    </message>
</context>
<context>
    <name>OutboxListModel</name>
    <message>
        <source>Beslut</source>
        <translation>Decision</translation>
    </message>
    <message>
        <source>Läge</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Beslutat</source>
        <translation>Decided</translation>
    </message>
    <message>
        <source>Skickat</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>Ångras</source>
        <translation>Being undone</translation>
    </message>
    <message>
        <source>Har fastnat</source>
        <translation>Stuck</translation>
    </message>
    <message>
        <source>Servern svarade inte %1. Det skickas igen när den nås, och räknas bara en gång.</source>
        <translation>The server did not answer %1. It is sent again when the server is reached, and counts only once.</translation>
    </message>
</context>
<context>
    <name>OutboxPane</name>
    <message>
        <source>Utkorg</source>
        <translation>Outbox</translation>
    </message>
    <message>
        <source>Väntar</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>Att åtgärda</source>
        <translation>Needs you</translation>
    </message>
    <message>
        <source>Historik</source>
        <translation>History</translation>
    </message>
    <message>
        <source>Beslut som väntar</source>
        <translation>Decisions that wait</translation>
    </message>
    <message>
        <source>Beslut som är klara</source>
        <translation>Decisions that are done</translation>
    </message>
    <message>
        <source>Det du beslutat skickas i tur och ordning när servern går att nå. Inget går förlorat.</source>
        <translation>What you have decided is sent in order when the server can be reached. Nothing is lost.</translation>
    </message>
    <message>
        <source>Ångra valda</source>
        <translation>Undo the chosen</translation>
    </message>
    <message>
        <source>Utkorgen är tom</source>
        <translation>The outbox is empty</translation>
    </message>
    <message>
        <source>Allt du beslutat har kommit fram.</source>
        <translation>Everything that you have decided has arrived.</translation>
    </message>
    <message>
        <source>Inget att åtgärda</source>
        <translation>Nothing needs you</translation>
    </message>
    <message>
        <source>Här visas det som behöver ditt beslut.</source>
        <translation>What needs your decision is shown here.</translation>
    </message>
    <message>
        <source>Inga beslut ännu</source>
        <translation>No decisions yet</translation>
    </message>
    <message numerus="yes">
        <source>%n ändringar väntar</source>
        <translation>
            <numerusform>%n change waits</numerusform>
            <numerusform>%n changes wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ärenden att åtgärda</source>
        <translation>
            <numerusform>%n matter that needs you</numerusform>
            <numerusform>%n matters that need you</numerusform>
        </translation>
    </message>
    <message>
        <source>Välj beslut i listan först.</source>
        <translation>Choose decisions in the list first.</translation>
    </message>
    <message>
        <source>Det har redan kommit fram till servern.</source>
        <translation>It has arrived at the server already.</translation>
    </message>
    <message numerus="yes">
        <source>%n beslut ångrades innan de skickades</source>
        <translation>
            <numerusform>%n decision was undone before it was sent</numerusform>
            <numerusform>%n decisions were undone before they were sent</numerusform>
        </translation>
    </message>
    <message>
        <source>Här visas det du har bestämt och hur det gick.</source>
        <translation>What you have decided and how it went is shown here.</translation>
    </message>
</context>
<context>
    <name>Outcomes</name>
    <message>
        <source>I utkorgen</source>
        <translation>In the outbox</translation>
    </message>
    <message>
        <source>Skickas</source>
        <translation>Being sent</translation>
    </message>
    <message>
        <source>Genomfört</source>
        <translation>Carried out</translation>
    </message>
    <message>
        <source>Ändrat av någon annan</source>
        <translation>Changed by somebody else</translation>
    </message>
    <message>
        <source>Gick inte</source>
        <translation>Did not work</translation>
    </message>
    <message>
        <source>Ångrat</source>
        <translation>Undone</translation>
    </message>
</context>
<context>
    <name>OverviewPane</name>
    <message>
        <source>Översikt</source>
        <translation>Overview</translation>
    </message>
    <message>
        <source>Samarbeten per tjänst</source>
        <translation>Collaborations by service</translation>
    </message>
    <message>
        <source>Aktiva samarbeten per månad</source>
        <translation>Active collaborations by month</translation>
    </message>
    <message>
        <source>Obesvarade inbjudningar efter ålder</source>
        <translation>Unanswered invitations by age</translation>
    </message>
    <message>
        <source>Okopplade kvar, och uppgifternas ålder</source>
        <translation>Unlinked left, and how old the data is</translation>
    </message>
    <message>
        <source>Tjänst</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>aktiva</source>
        <translation>active</translation>
    </message>
    <message>
        <source>väntar på kund</source>
        <translation>waiting for the customer</translation>
    </message>
    <message>
        <source>på väg</source>
        <translation>on the way</translation>
    </message>
    <message>
        <source>avslutas</source>
        <translation>ending</translation>
    </message>
    <message>
        <source>Hämtar …</source>
        <translation>Fetching …</translation>
    </message>
    <message numerus="yes">
        <source>%n aktiva samarbeten</source>
        <translation>
            <numerusform>%n active collaboration</numerusform>
            <numerusform>%n active collaborations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kunder</source>
        <translation>
            <numerusform>%n customer</numerusform>
            <numerusform>%n customers</numerusform>
        </translation>
    </message>
    <message>
        <source>Alla tjänster</source>
        <translation>All services</translation>
    </message>
    <message>
        <source>Okänd tjänst</source>
        <translation>Unknown service</translation>
    </message>
    <message>
        <source>Inga samarbeten ännu</source>
        <translation>No collaborations yet</translation>
    </message>
    <message>
        <source>%1: %2 aktiva, %3 startade, %4 avslutade</source>
        <translation>%1: %2 active, %3 began, %4 ended</translation>
    </message>
    <message>
        <source>De senaste tolv månaderna har %1 startat och %2 avslutats.</source>
        <translation>In the last twelve months %1 began and %2 ended.</translation>
    </message>
    <message>
        <source>Högst %1 dagar</source>
        <translation>At most %1 days</translation>
    </message>
    <message>
        <source>%1–%2 dagar</source>
        <translation>%1–%2 days</translation>
    </message>
    <message>
        <source>Mer än %1 dagar</source>
        <translation>More than %1 days</translation>
    </message>
    <message>
        <source>Från Byråstöd</source>
        <translation>From Byråstöd</translation>
    </message>
    <message>
        <source>Från Smarta Byrån</source>
        <translation>From Smarta Byrån</translation>
    </message>
    <message>
        <source>Från Samverka</source>
        <translation>From Samverka</translation>
    </message>
    <message>
        <source>Från kunden</source>
        <translation>From the customer</translation>
    </message>
    <message>
        <source>okopplade</source>
        <translation>unlinked</translation>
    </message>
    <message>
        <source>Inga okopplade samarbeten</source>
        <translation>No unlinked collaborations</translation>
    </message>
    <message>
        <source>inte hämtade än</source>
        <translation>not fetched yet</translation>
    </message>
    <message>
        <source>Uppdrag saknas</source>
        <translation>Engagement missing</translation>
    </message>
    <message numerus="yes">
        <source>%n samarbeten</source>
        <translation>
            <numerusform>%n collaboration</numerusform>
            <numerusform>%n collaborations</numerusform>
        </translation>
    </message>
    <message>
        <source>Uppgifterna hämtades</source>
        <translation>The data was fetched</translation>
    </message>
    <message>
        <source>Äldsta kontroll hos Visma Spcs</source>
        <translation>Oldest check with Visma Spcs</translation>
    </message>
    <message>
        <source>Aldrig kontrollerade</source>
        <translation>Never checked</translation>
    </message>
</context>
<context>
    <name>PagesModel</name>
    <message>
        <source>Sidor</source>
        <translation>Pages</translation>
    </message>
</context>
<context>
    <name>Paper</name>
    <message>
        <source>Sida %1 av %2</source>
        <translation>Page %1 of %2</translation>
    </message>
</context>
<context>
    <name>PaperDialog</name>
    <message>
        <source>Stäng</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Skriv ut…</source>
        <translation>Print…</translation>
    </message>
    <message>
        <source>Spara som PDF…</source>
        <translation>Save as PDF…</translation>
    </message>
    <message>
        <source>Hämtar …</source>
        <translation>Fetching …</translation>
    </message>
    <message numerus="yes">
        <source>%n sidor</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
    <message>
        <source>Spara som PDF</source>
        <translation>Save as PDF</translation>
    </message>
</context>
<context>
    <name>ParticipantDialog</name>
    <message>
        <source>Lägg till deltagare</source>
        <translation>Add participant</translation>
    </message>
    <message>
        <source>Medarbetare</source>
        <translation>Staff member</translation>
    </message>
    <message numerus="yes">
        <source>Lägg till samma person hos de %n andra kunderna där ingen deltar</source>
        <translation>
            <numerusform>Add the same person for the %n other customer where nobody takes part</numerusform>
            <numerusform>Add the same person for the %n other customers where nobody takes part</numerusform>
        </translation>
    </message>
    <message>
        <source>Lägg till deltagare på %1</source>
        <translation>Add participant to %1</translation>
    </message>
    <message>
        <source>Lägg till</source>
        <translation>Add</translation>
    </message>
</context>
<context>
    <name>PassphraseDialog</name>
    <message>
        <source>Lösenfras</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Lösenfrasen en gång till</source>
        <translation>The passphrase once more</translation>
    </message>
    <message>
        <source>Minst tolv tecken. Den kan inte återskapas.</source>
        <translation>At least twelve characters. It cannot be recovered.</translation>
    </message>
    <message>
        <source>Öppna</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>Skriv den för att öppna byråns uppgifter.</source>
        <translation>Type it to open the firm&apos;s data.</translation>
    </message>
</context>
<context>
    <name>PersonExtract</name>
    <message>
        <source>Inbjudan att godkänna</source>
        <translation>Invitation to approve</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Information</translation>
    </message>
    <message>
        <source>Inloggningsinstruktioner</source>
        <translation>Login instructions</translation>
    </message>
    <message>
        <source>på väg</source>
        <translation>on the way</translation>
    </message>
    <message>
        <source>skickat</source>
        <translation>sent</translation>
    </message>
    <message>
        <source>nekat av mottagarens server</source>
        <translation>refused by the recipient&apos;s server</translation>
    </message>
    <message>
        <source>studsade</source>
        <translation>bounced</translation>
    </message>
    <message>
        <source>Registerutdrag</source>
        <translation>Extract of personal data</translation>
    </message>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>Tjänster</source>
        <translation>Services</translation>
    </message>
    <message>
        <source>Datum</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>ja</source>
        <translation>yes</translation>
    </message>
    <message>
        <source>E-post</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Telefon</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>Huvudkontakt</source>
        <translation>Main contact</translation>
    </message>
    <message>
        <source>Kontaktperson hos byråns kunder</source>
        <translation>Contact person at the firm&apos;s customers</translation>
    </message>
    <message>
        <source>Namn</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Administratör hos Visma Spcs, enligt deras svar</source>
        <translation>Administrator at Visma Spcs, by their answers</translation>
    </message>
    <message>
        <source>E-post som har skickats</source>
        <translation>E-mail that has been sent</translation>
    </message>
    <message>
        <source>Gällde</source>
        <translation>About</translation>
    </message>
    <message>
        <source>Svar på inbjudningar</source>
        <translation>Answers to invitations</translation>
    </message>
    <message>
        <source>Egna ord</source>
        <translation>Own words</translation>
    </message>
    <message>
        <source>Tillgång till tjänster</source>
        <translation>Access to services</translation>
    </message>
    <message>
        <source>Från</source>
        <translation>From</translation>
    </message>
    <message>
        <source>Till</source>
        <translation>To</translation>
    </message>
    <message>
        <source>Medarbetare på byrån</source>
        <translation>Staff member of the firm</translation>
    </message>
    <message>
        <source>Uppgifterna används för byråns samarbeten med kunden i Visma Spcs tjänster: för att bjuda in, ge tillgång och kunna visa vem som har godkänt vad. De kommer från kunden, från dig själv och från Visma Spcs, och lämnas till Visma Spcs. Du kan begära att uppgifterna rättas, begränsas eller raderas, och du kan klaga hos Integritetsskyddsmyndigheten.</source>
        <translation>The data is used for the firm&apos;s collaborations with the customer in Visma Spcs&apos; services: to invite, to give access and to be able to show who has approved what. It comes from the customer, from yourself and from Visma Spcs, and is given to Visma Spcs. You can ask for the data to be corrected, restricted or erased, and you can complain to the Swedish Authority for Privacy Protection.</translation>
    </message>
    <message>
        <source>Inga uppgifter.</source>
        <translation>No data.</translation>
    </message>
    <message>
        <source>Uppgifterna hämtades från byråns server %1.</source>
        <translation>The data was fetched from the firm&apos;s server %1.</translation>
    </message>
    <message>
        <source>Hur det gick</source>
        <translation>Outcome</translation>
    </message>
</context>
<context>
    <name>PreviewCard</name>
    <message>
        <source>Till</source>
        <translation>To</translation>
    </message>
    <message>
        <source>Mejl att förhandsgranska</source>
        <translation>E-mail to preview</translation>
    </message>
    <message>
        <source>Mejlets text</source>
        <translation>Text of the e-mail</translation>
    </message>
    <message>
        <source>Språk i mejlen</source>
        <translation>Language of the e-mails</translation>
    </message>
</context>
<context>
    <name>PrivacyCard</name>
    <message numerus="yes">
        <source>%n minuter</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message>
        <source>Aldrig</source>
        <translation>Never</translation>
    </message>
</context>
<context>
    <name>ProgressFoot</name>
    <message>
        <source>Avbryt</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Jämför med byråns kunder…</source>
        <translation>Comparing with the firm&apos;s customers…</translation>
    </message>
    <message>
        <source>Läser fil %1 av %2</source>
        <translation>Reading file %1 of %2</translation>
    </message>
    <message>
        <source>%1 av %2 ligger i utkorgen</source>
        <translation>%1 of %2 are in the outbox</translation>
    </message>
    <message>
        <source>Du kan lämna skärmen och arbeta vidare under tiden.</source>
        <translation>You can leave the screen and go on working meanwhile.</translation>
    </message>
    <message>
        <source>Avbryts…</source>
        <translation>Being cancelled…</translation>
    </message>
    <message>
        <source>Det finns inget nytt eller ändrat att läsa in.</source>
        <translation>There is nothing new or changed to import.</translation>
    </message>
    <message numerus="yes">
        <source>%n nya kunder är valda</source>
        <translation>
            <numerusform>%n new customer is chosen</numerusform>
            <numerusform>%n new customers are chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ändrade kunder är valda</source>
        <translation>
            <numerusform>%n changed customer is chosen</numerusform>
            <numerusform>%n changed customers are chosen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 nya och %2 ändrade kunder är valda</source>
        <translation>%1 new and %2 changed customers are chosen</translation>
    </message>
    <message>
        <source>Mellanslag väljer eller väljer bort en rad · Ctrl+A väljer alla som visas.</source>
        <translation>Space chooses or drops a row · Ctrl+A chooses all that are shown.</translation>
    </message>
    <message numerus="yes">
        <source>Importera %n kunder</source>
        <translation>
            <numerusform>Import %n customer</numerusform>
            <numerusform>Import %n customers</numerusform>
        </translation>
    </message>
    <message>
        <source>Välj minst en rad först.</source>
        <translation>Choose at least one row first.</translation>
    </message>
    <message>
        <source>Avbryter…</source>
        <translation>Cancelling…</translation>
    </message>
    <message>
        <source>Det som inte har skickats tas tillbaka.</source>
        <translation>What has not been sent is taken back.</translation>
    </message>
    <message>
        <source>%1 av %2 är tillbakatagna</source>
        <translation>%1 of %2 are taken back</translation>
    </message>
    <message>
        <source>%1 hade redan kommit fram. Servern svarar om resten.</source>
        <translation>%1 had arrived already. The server answers about the rest.</translation>
    </message>
    <message>
        <source>Avbryt resten</source>
        <translation>Cancel the rest</translation>
    </message>
    <message>
        <source>%1 av %2 har kommit fram</source>
        <translation>%1 of %2 have arrived</translation>
    </message>
    <message>
        <source>Resten ligger i utkorgen och skickas av sig självt. Du kan lämna skärmen under tiden.</source>
        <translation>The rest is in the outbox and is sent by itself. You can leave the screen meanwhile.</translation>
    </message>
    <message numerus="yes">
        <source>%n rader nekades.</source>
        <translation>
            <numerusform>%n row was refused.</numerusform>
            <numerusform>%n rows were refused.</numerusform>
        </translation>
    </message>
    <message>
        <source>Rad %1, %2: %3</source>
        <translation>Row %1, %2: %3</translation>
    </message>
    <message numerus="yes">
        <source>%n ändringar behöver ditt beslut.</source>
        <translation>
            <numerusform>%n change needs your decision.</numerusform>
            <numerusform>%n changes need your decision.</numerusform>
        </translation>
    </message>
    <message>
        <source>Öppna utkorgen</source>
        <translation>Open the outbox</translation>
    </message>
    <message>
        <source>Granska igen</source>
        <translation>Review again</translation>
    </message>
    <message>
        <source>Visa kunderna</source>
        <translation>Show the customers</translation>
    </message>
    <message>
        <source>Avbrutet: %1 hade redan kommit fram och %2 togs tillbaka</source>
        <translation>Cancelled: %1 had arrived already and %2 were taken back</translation>
    </message>
    <message numerus="yes">
        <source>Klart: %n nya kunder är inlästa</source>
        <translation>
            <numerusform>Done: %n new customer is imported</numerusform>
            <numerusform>Done: %n new customers are imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Klart: %n ändrade kunder är inlästa</source>
        <translation>
            <numerusform>Done: %n changed customer is imported</numerusform>
            <numerusform>Done: %n changed customers are imported</numerusform>
        </translation>
    </message>
    <message>
        <source>Klart: %1 nya och %2 ändrade kunder är inlästa</source>
        <translation>Done: %1 new and %2 changed customers are imported</translation>
    </message>
</context>
<context>
    <name>QueueBars</name>
    <message>
        <source>Avmarkera alla</source>
        <translation>Untick all</translation>
    </message>
    <message>
        <source>Granska och koppla markerade…   Ctrl+Enter</source>
        <translation>Review and link the ticked…   Ctrl+Enter</translation>
    </message>
    <message>
        <source>Granska och koppla markerade</source>
        <translation>Review and link the ticked</translation>
    </message>
    <message numerus="yes">
        <source>%n säkra förslag:</source>
        <translation>
            <numerusform>%n certain suggestion:</numerusform>
            <numerusform>%n certain suggestions:</numerusform>
        </translation>
    </message>
    <message>
        <source>samma org.nr, en kund och ett uppdrag som passar. Inget kopplas förrän du har granskat.</source>
        <translation>the same org. no., one customer and one engagement that fits. Nothing is linked until you have reviewed it.</translation>
    </message>
    <message>
        <source>inget kopplas förrän du har granskat.</source>
        <translation>nothing is linked until you have reviewed it.</translation>
    </message>
    <message>
        <source>Granska och koppla %1…</source>
        <translation>Review and link %1…</translation>
    </message>
    <message numerus="yes">
        <source>%n kopplingar hann en kollega göra före dig.</source>
        <translation>
            <numerusform>A colleague was before you with %n link.</numerusform>
            <numerusform>A colleague was before you with %n links.</numerusform>
        </translation>
    </message>
    <message>
        <source>Se båda och välj.</source>
        <translation>Look at both and choose.</translation>
    </message>
    <message>
        <source>Visa…</source>
        <translation>Show…</translation>
    </message>
    <message numerus="yes">
        <source>Förslag kunde inte hämtas för %n företag.</source>
        <translation>
            <numerusform>Suggestions could not be fetched for %n company.</numerusform>
            <numerusform>Suggestions could not be fetched for %n companies.</numerusform>
        </translation>
    </message>
    <message>
        <source>Det betyder inte att kunderna saknas.</source>
        <translation>It does not mean that there are no such customers.</translation>
    </message>
    <message>
        <source>Försök igen</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Söker efter förslag: %1 av %2 företag.</source>
        <translation>Searching for suggestions: %1 of %2 companies.</translation>
    </message>
    <message numerus="yes">
        <source>%n markerade</source>
        <translation>
            <numerusform>%n ticked</numerusform>
            <numerusform>%n ticked</numerusform>
        </translation>
    </message>
    <message>
        <source>Kopplar: %1 av %2 företag.</source>
        <translation>Linking: %1 of %2 companies.</translation>
    </message>
    <message>
        <source>Stoppa</source>
        <translation>Stop</translation>
    </message>
    <message numerus="yes">
        <source>och %n till</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n företag kopplades inte.</source>
        <translation>
            <numerusform>%n company was not linked.</numerusform>
            <numerusform>%n companies were not linked.</numerusform>
        </translation>
    </message>
    <message>
        <source>Stäng</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Sökningen är pausad: %1 av %2 företag är genomsökta.</source>
        <translation>The search is paused: %1 of %2 companies have been searched for.</translation>
    </message>
    <message>
        <source>Det som har hittats är kvar. Du kan arbeta under tiden.</source>
        <translation>What has been found is kept. You can work meanwhile.</translation>
    </message>
    <message>
        <source>Fortsätt</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Pausa</source>
        <translation>Pause</translation>
    </message>
</context>
<context>
    <name>QueueModel</name>
    <message>
        <source>Samarbete hos Visma</source>
        <translation>Collaboration with Visma</translation>
    </message>
    <message>
        <source>Bästa förslag</source>
        <translation>Best suggestion</translation>
    </message>
    <message>
        <source>Träff</source>
        <translation>Match</translation>
    </message>
    <message>
        <source>org.nr saknas</source>
        <translation>no org. no.</translation>
    </message>
    <message>
        <source>(namn saknas)</source>
        <translation>(no name)</translation>
    </message>
    <message>
        <source>%1, %2. Förslag: %3, %4. Träff: %5.</source>
        <translation>%1, %2. Suggestion: %3, %4. Match: %5.</translation>
    </message>
    <message>
        <source>uppdrag saknas</source>
        <translation>engagement missing</translation>
    </message>
    <message>
        <source>välj uppdrag</source>
        <translation>choose engagement</translation>
    </message>
    <message>
        <source>Välj i listan till höger</source>
        <translation>Choose in the list to the right</translation>
    </message>
    <message>
        <source>Kontrollera till höger</source>
        <translation>Check to the right</translation>
    </message>
    <message>
        <source>Inget förslag</source>
        <translation>No suggestion</translation>
    </message>
    <message>
        <source>%1 stämmer</source>
        <translation>%1 agree</translation>
    </message>
    <message>
        <source>%1 och %2</source>
        <translation>%1 and %2</translation>
    </message>
    <message>
        <source>Försök igen</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Söker efter förslag …</source>
        <translation>Searching for suggestions …</translation>
    </message>
    <message>
        <source>Kunden är känd</source>
        <translation>The customer is known</translation>
    </message>
    <message>
        <source>Välj eller skapa uppdrag</source>
        <translation>Choose or create the engagement</translation>
    </message>
    <message>
        <source>%1 möjliga kunder</source>
        <translation>%1 possible customers</translation>
    </message>
    <message>
        <source>Sök, skapa kund eller avfärda</source>
        <translation>Search, create customer or set aside</translation>
    </message>
    <message>
        <source>1 möjlig kund</source>
        <translation>1 possible customer</translation>
    </message>
</context>
<context>
    <name>QueueView</name>
    <message>
        <source>Okopplade samarbeten</source>
        <translation>Unlinked collaborations</translation>
    </message>
    <message>
        <source>Inget samarbete passar</source>
        <translation>No collaboration matches</translation>
    </message>
    <message>
        <source>Sök på något annat eller visa alla.</source>
        <translation>Search for something else or show all.</translation>
    </message>
    <message>
        <source>Visa alla</source>
        <translation>Show all</translation>
    </message>
    <message>
        <source>Inga säkra förslag kvar</source>
        <translation>No certain suggestions left</translation>
    </message>
    <message>
        <source>Inga troliga förslag kvar</source>
        <translation>No likely suggestions left</translation>
    </message>
    <message>
        <source>Inga oklara förslag kvar</source>
        <translation>No unclear suggestions left</translation>
    </message>
    <message>
        <source>Inga företag är utan förslag</source>
        <translation>No companies are without a suggestion</translation>
    </message>
    <message>
        <source>Inga uppdrag saknas</source>
        <translation>No engagements are missing</translation>
    </message>
    <message>
        <source>Här samlas det som du avfärdar eller skjuter upp</source>
        <translation>What you dismiss or put off is kept here</translation>
    </message>
    <message>
        <source>%1 samarbeten läses in.</source>
        <translation>%1 collaborations are being read.</translation>
    </message>
    <message>
        <source>Söker efter förslag …</source>
        <translation>Searching for suggestions …</translation>
    </message>
    <message>
        <source>Allt är kopplat</source>
        <translation>Everything is linked</translation>
    </message>
    <message>
        <source>Inga okopplade samarbeten</source>
        <translation>No unlinked collaborations</translation>
    </message>
    <message>
        <source>Här visas samarbeten från Byråstöd och Smarta Byrån som saknar uppdrag.</source>
        <translation>Shows collaborations from Byråstöd and Smarta Byrån that have no engagement.</translation>
    </message>
</context>
<context>
    <name>Reconciliation</name>
    <message>
        <source>Säker</source>
        <translation>Certain</translation>
    </message>
    <message>
        <source>Trolig</source>
        <translation>Likely</translation>
    </message>
    <message>
        <source>Oklar</source>
        <translation>Unclear</translation>
    </message>
    <message>
        <source>Utan förslag</source>
        <translation>No suggestion</translation>
    </message>
    <message>
        <source>Alla</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Säkra</source>
        <translation>Certain</translation>
    </message>
    <message>
        <source>Troliga</source>
        <translation>Likely</translation>
    </message>
    <message>
        <source>Oklara</source>
        <translation>Unclear</translation>
    </message>
    <message>
        <source>Uppdrag saknas</source>
        <translation>Engagement missing</translation>
    </message>
    <message>
        <source>Beslutade</source>
        <translation>Decided</translation>
    </message>
    <message>
        <source>Org.nr</source>
        <translation>Org. no.</translation>
    </message>
    <message>
        <source>Kundnr hos Visma</source>
        <translation>Customer no. with Visma</translation>
    </message>
    <message>
        <source>Namn</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>E-post</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Telefon</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>Ort</source>
        <translation>Town</translation>
    </message>
    <message>
        <source>lika</source>
        <translation>equal</translation>
    </message>
    <message>
        <source>liknar</source>
        <translation>similar</translation>
    </message>
    <message>
        <source>skiljer sig</source>
        <translation>differs</translation>
    </message>
    <message>
        <source>saknas</source>
        <translation>missing</translation>
    </message>
    <message>
        <source>Visma Byråstöd</source>
        <translation>Visma Byråstöd</translation>
    </message>
    <message>
        <source>Smarta Byrån</source>
        <translation>Smarta Byrån</translation>
    </message>
    <message>
        <source>kunden</source>
        <translation>the customer</translation>
    </message>
    <message>
        <source>Flera kunder har samma organisationsnummer. Välj rätt kund.</source>
        <translation>Several customers have the same organisation number. Choose the right one.</translation>
    </message>
    <message>
        <source>Numret stämmer men namnet är ett annat. Kontrollera innan du kopplar.</source>
        <translation>The number fits but the name is another. Check before you link.</translation>
    </message>
    <message>
        <source>Flera uppdrag passar. Välj rätt uppdrag.</source>
        <translation>Several engagements fit. Choose the right one.</translation>
    </message>
    <message>
        <source>Kunden har inget pågående uppdrag som passar tjänsten.</source>
        <translation>The customer has no ongoing engagement that fits the service.</translation>
    </message>
    <message>
        <source>Det framgår inte vilken tjänst det är. Välj tjänst.</source>
        <translation>It is not clear which service it is. Choose the service.</translation>
    </message>
    <message>
        <source>Org.nr hos Visma har fel kontrollsiffra: en siffra är fel eller två har bytt plats. Kontrollera.</source>
        <translation>The org. no. with Visma has a wrong check digit: a digit is wrong or two have changed places. Check it.</translation>
    </message>
    <message>
        <source>Lika starka förslag. Välj rätt kund.</source>
        <translation>Equally strong suggestions. Choose the right customer.</translation>
    </message>
    <message>
        <source>Svagt förslag. Kontrollera noga innan du kopplar.</source>
        <translation>Weak suggestion. Check carefully before you link.</translation>
    </message>
    <message>
        <source>Samma nummer men ett annat löpnummer: det kan vara ägarens andra firma.</source>
        <translation>The same number but another serial: it may be the owner&apos;s other firm.</translation>
    </message>
    <message>
        <source>Organisationsnumret i byråns register har fel kontrollsiffra.</source>
        <translation>The organisation number in the firm&apos;s register has a wrong check digit.</translation>
    </message>
    <message>
        <source>Kunden är känd, men uppdraget saknas.</source>
        <translation>The customer is known, but the engagement is missing.</translation>
    </message>
    <message>
        <source>Inte vår kund</source>
        <translation>Not our customer</translation>
    </message>
    <message>
        <source>Har slutat hos oss</source>
        <translation>Has left us</translation>
    </message>
    <message>
        <source>Dubblett</source>
        <translation>Duplicate</translation>
    </message>
    <message>
        <source>Testdata</source>
        <translation>Test data</translation>
    </message>
    <message>
        <source>Kopplat</source>
        <translation>Linked</translation>
    </message>
    <message>
        <source>Ingen av dessa</source>
        <translation>None of these</translation>
    </message>
    <message>
        <source>Senare</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>En kund heter likadant men har ett annat organisationsnummer: det är två olika företag.</source>
        <translation>A customer has the same name but another organisation number: they are two different companies.</translation>
    </message>
    <message>
        <source>Kunde inte hämtas</source>
        <translation>Could not be fetched</translation>
    </message>
    <message>
        <source>Söker …</source>
        <translation>Searching …</translation>
    </message>
    <message>
        <source>Kunden är arkiverad. Den återställs när du kopplar.</source>
        <translation>The customer is archived. It is restored when you link.</translation>
    </message>
    <message>
        <source>Ingen kund liknar företaget. Sök efter kunden här eller skapa den (K).</source>
        <translation>No customer is like the company. Search for the customer here or create it (K).</translation>
    </message>
    <message>
        <source>Uppdraget %1 avslutades. Därför är samarbetet okopplat igen.</source>
        <translation>The engagement %1 was closed. That is why the collaboration is unlinked again.</translation>
    </message>
    <message>
        <source>Uppdraget %1 togs bort. Därför är samarbetet okopplat igen.</source>
        <translation>The engagement %1 was removed. That is why the collaboration is unlinked again.</translation>
    </message>
    <message>
        <source>Kopplingen till %1 togs bort.</source>
        <translation>The link to %1 was removed.</translation>
    </message>
    <message>
        <source>förslaget har ändrats</source>
        <translation>the suggestion has changed</translation>
    </message>
    <message>
        <source>finns inte längre i kön</source>
        <translation>is no longer in the queue</translation>
    </message>
    <message>
        <source>en kollega hann före</source>
        <translation>a colleague was first</translation>
    </message>
    <message>
        <source>uppdraget är avslutat</source>
        <translation>the engagement is closed</translation>
    </message>
    <message>
        <source>kunden är arkiverad</source>
        <translation>the customer is archived</translation>
    </message>
    <message>
        <source>Får tillgång: %1</source>
        <translation>Gains access: %1</translation>
    </message>
    <message>
        <source>Förlorar tillgång: %1</source>
        <translation>Loses access: %1</translation>
    </message>
    <message>
        <source>Ingen får eller förlorar tillgång.</source>
        <translation>Nobody gains or loses access.</translation>
    </message>
    <message>
        <source>%1 flyttas till ett annat uppdrag</source>
        <translation>%1 is being moved to another engagement</translation>
    </message>
    <message>
        <source>Kopplingen för %1 tas bort</source>
        <translation>The link of %1 is being removed</translation>
    </message>
    <message>
        <source>Ångra</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>Uppdraget avslutades. Därför är samarbetet okopplat igen.</source>
        <translation>The engagement was closed. That is why the collaboration is unlinked again.</translation>
    </message>
    <message>
        <source>Uppdraget togs bort. Därför är samarbetet okopplat igen.</source>
        <translation>The engagement was removed. That is why the collaboration is unlinked again.</translation>
    </message>
    <message>
        <source>Kopplingen togs bort.</source>
        <translation>The link was removed.</translation>
    </message>
    <message>
        <source>Kontaktuppgifterna stämmer men namnet är ett annat: det kan vara ett annat bolag med samma ägare.</source>
        <translation>The contact details agree but the name is another: it may be another company of the same owner.</translation>
    </message>
    <message>
        <source>Flera kunder heter så, och den här finns på en annan ort. Kontrollera vilken det är.</source>
        <translation>Several customers have this name, and this one is in another town. Check which it is.</translation>
    </message>
    <message>
        <source>Numren är lika men går inte att kontrollera, för de är inte svenska. Kontrollera namnet.</source>
        <translation>The numbers are equal but cannot be checked, since they are not Swedish. Check the name.</translation>
    </message>
    <message>
        <source>Visma har varken namn, nummer, e-post eller telefon som säger vilket företag det är.</source>
        <translation>Visma has no name, number, e-mail or telephone that says which company it is.</translation>
    </message>
</context>
<context>
    <name>ReconciliationPane</name>
    <message>
        <source>Okopplade samarbeten</source>
        <translation>Unlinked collaborations</translation>
    </message>
    <message>
        <source>Ångra</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>Historik</source>
        <translation>History</translation>
    </message>
    <message>
        <source>Sök i okopplade</source>
        <translation>Search the unlinked</translation>
    </message>
    <message>
        <source>%1 kopplas till %2</source>
        <translation>%1 is linked to %2</translation>
    </message>
    <message numerus="yes">
        <source>%n samarbeten kopplas</source>
        <translation>
            <numerusform>%n collaboration is linked</numerusform>
            <numerusform>%n collaborations are linked</numerusform>
        </translation>
    </message>
    <message>
        <source>Beslutet är sparat och ligger under Beslutade</source>
        <translation>The decision is saved and is found under Decided</translation>
    </message>
    <message numerus="yes">
        <source>%n okopplade</source>
        <translation>
            <numerusform>%n unlinked</numerusform>
            <numerusform>%n unlinked</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 från %2</source>
        <translation>%1 from %2</translation>
    </message>
    <message>
        <source> och </source>
        <translation> and </translation>
    </message>
    <message numerus="yes">
        <source>%n kopplade</source>
        <translation>
            <numerusform>%n linked</numerusform>
            <numerusform>%n linked</numerusform>
        </translation>
    </message>
    <message>
        <source>Det finns inget att ångra här</source>
        <translation>There is nothing to undo here</translation>
    </message>
    <message numerus="yes">
        <source>%n företag</source>
        <translation>
            <numerusform>%n company</numerusform>
            <numerusform>%n companies</numerusform>
        </translation>
    </message>
    <message>
        <source>Resten är kvar i listan</source>
        <translation>The rest is still in the list</translation>
    </message>
    <message numerus="yes">
        <source>%n företag lämnades</source>
        <translation>
            <numerusform>%n company was left</numerusform>
            <numerusform>%n companies were left</numerusform>
        </translation>
    </message>
    <message>
        <source>Markera rader med mellanslag först.</source>
        <translation>Tick rows with Space first.</translation>
    </message>
</context>
<context>
    <name>RemindDialog</name>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>Tjänster</source>
        <translation>Services</translation>
    </message>
    <message>
        <source>Väntat</source>
        <translation>Waited</translation>
    </message>
    <message>
        <source>Påmind</source>
        <translation>Reminded</translation>
    </message>
    <message>
        <source>Påminn kunder</source>
        <translation>Remind customers</translation>
    </message>
    <message>
        <source>De som kan godkänna får ett nytt mejl. Högst en påminnelse om dagen skickas.</source>
        <translation>Those who can approve get another e-mail. At most one reminder a day is sent.</translation>
    </message>
    <message>
        <source>Påminn</source>
        <translation>Remind</translation>
    </message>
    <message>
        <source>Hämtar …</source>
        <translation>Fetching …</translation>
    </message>
    <message>
        <source>aldrig</source>
        <translation>never</translation>
    </message>
    <message numerus="yes">
        <source>%n dagar</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Påminn %n kunder</source>
        <translation>
            <numerusform>Remind %n customer</numerusform>
            <numerusform>Remind %n customers</numerusform>
        </translation>
    </message>
    <message>
        <source>På väg.</source>
        <translation>On its way.</translation>
    </message>
    <message numerus="yes">
        <source>%n kunder får en påminnelse</source>
        <translation>
            <numerusform>%n customer gets a reminder</numerusform>
            <numerusform>%n customers get a reminder</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResponsibleDialog</name>
    <message>
        <source>Byt ansvarig</source>
        <translation>Change who is responsible</translation>
    </message>
    <message>
        <source>Den nya ansvariga tar över från i dag. Pågående uppdrag och arkiverade kunder följer med.</source>
        <translation>The new one takes over from today. Ongoing engagements and archived customers are included.</translation>
    </message>
    <message>
        <source>Ny uppdragsansvarig</source>
        <translation>New engagement owner</translation>
    </message>
    <message>
        <source>Ny kundansvarig</source>
        <translation>New account manager</translation>
    </message>
    <message>
        <source>Oförändrat</source>
        <translation>Unchanged</translation>
    </message>
    <message>
        <source>Välj vem som ska ta över.</source>
        <translation>Choose who takes over.</translation>
    </message>
    <message>
        <source>Så är det redan: det finns inget att byta.</source>
        <translation>It is so already: there is nothing to change.</translation>
    </message>
    <message>
        <source>Så är det redan</source>
        <translation>It is like that already</translation>
    </message>
    <message>
        <source>Det finns inget att byta.</source>
        <translation>There is nothing to change.</translation>
    </message>
    <message>
        <source>Inget är valt än</source>
        <translation>Nothing is chosen yet</translation>
    </message>
    <message>
        <source>När du har valt vem som tar över visas här vad som byts, innan något ändras.</source>
        <translation>When you have chosen who takes over, what changes is shown here before anything happens.</translation>
    </message>
</context>
<context>
    <name>ResultPage</name>
    <message>
        <source>Klart – ärendet ligger i utkorgen</source>
        <translation>Done – the activation is in the outbox</translation>
    </message>
    <message>
        <source>Skickas</source>
        <translation>Being sent</translation>
    </message>
    <message>
        <source>Ärendet väntar på dig</source>
        <translation>The activation is waiting for you</translation>
    </message>
    <message>
        <source>Klart – samarbetet är aktivt</source>
        <translation>Done – the collaboration is active</translation>
    </message>
    <message>
        <source>Klart – inbjudan väntar på kunden</source>
        <translation>Done – the invitation is waiting for the customer</translation>
    </message>
    <message>
        <source>Klart – kunden registreras</source>
        <translation>Done – the customer is being registered</translation>
    </message>
    <message>
        <source>Klart – servern har tagit emot ärendet</source>
        <translation>Done – the server has received the activation</translation>
    </message>
    <message>
        <source>Tjänster</source>
        <translation>Services</translation>
    </message>
    <message>
        <source>I utkorgen.</source>
        <translation>In the outbox.</translation>
    </message>
    <message>
        <source>Ärendet för %1 är sparat och skickas så snart servern nås. Det finns kvar om du stänger programmet.</source>
        <translation>The activation for %1 is saved and will be sent as soon as the server is reached. It stays if you close the program.</translation>
    </message>
    <message>
        <source>Skickas.</source>
        <translation>Being sent.</translation>
    </message>
    <message>
        <source>Du kan stänga det här fönstret.</source>
        <translation>You can close this window.</translation>
    </message>
    <message>
        <source>Genomfört.</source>
        <translation>Carried out.</translation>
    </message>
    <message>
        <source>Inbjudan skickas till %1.</source>
        <translation>The invitation is sent to %1.</translation>
    </message>
    <message>
        <source>Samarbetet är aktivt och inloggningsinstruktionerna skickas till kontaktpersonen.</source>
        <translation>The collaboration is active and the login instructions are sent to the contact person.</translation>
    </message>
    <message>
        <source>Servern har tagit emot ärendet. Visma Spcs kontrolleras nu innan något skickas.</source>
        <translation>The server has received the activation. Visma Spcs is checked now before anything is sent.</translation>
    </message>
    <message>
        <source>I utkorgen</source>
        <translation>In the outbox</translation>
    </message>
    <message>
        <source>Väntar på dig</source>
        <translation>Waiting for you</translation>
    </message>
    <message>
        <source>Genomfört</source>
        <translation>Carried out</translation>
    </message>
    <message>
        <source>Att göra när tjänsten är igång</source>
        <translation>To do once the service is running</translation>
    </message>
    <message>
        <source>Se vad som har ändrats…</source>
        <translation>See what has changed…</translation>
    </message>
    <message>
        <source>Gör om ärendet…</source>
        <translation>Make the item again…</translation>
    </message>
    <message>
        <source>Öppna utkorgen</source>
        <translation>Open the outbox</translation>
    </message>
</context>
<context>
    <name>ResultsModel</name>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>I utkorgen</source>
        <translation>In the outbox</translation>
    </message>
    <message>
        <source>Skickas</source>
        <translation>Being sent</translation>
    </message>
    <message>
        <source>Väntar på dig</source>
        <translation>Waiting for you</translation>
    </message>
    <message>
        <source>Genomfört</source>
        <translation>Carried out</translation>
    </message>
    <message>
        <source>Resultat per tjänst</source>
        <translation>Result per service</translation>
    </message>
    <message>
        <source>Anmärkning</source>
        <translation>Remark</translation>
    </message>
    <message>
        <source>Inte skickat</source>
        <translation>Not sent</translation>
    </message>
</context>
<context>
    <name>ReviewAccess</name>
    <message>
        <source>Räknar ut vilka som får tillgång …</source>
        <translation>Working out who gets access …</translation>
    </message>
    <message>
        <source>Får tillgång (antal företag): %1</source>
        <translation>Gains access (number of companies): %1</translation>
    </message>
    <message>
        <source>Förlorar tillgång (antal företag): %1</source>
        <translation>Loses access (number of companies): %1</translation>
    </message>
    <message>
        <source>Ingen får eller förlorar tillgång.</source>
        <translation>Nobody gains or loses access.</translation>
    </message>
    <message numerus="yes">
        <source>och %n till</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewDialog</name>
    <message>
        <source>Granska och koppla</source>
        <translation>Review and link</translation>
    </message>
    <message>
        <source>Avbryt</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Koppla %1</source>
        <translation>Link %1</translation>
    </message>
    <message>
        <source>Bocka för minst en rad.</source>
        <translation>Tick at least one row.</translation>
    </message>
    <message>
        <source>Det som kopplas</source>
        <translation>What is linked</translation>
    </message>
    <message>
        <source>%1 av %2 förbockade</source>
        <translation>%1 of %2 ticked</translation>
    </message>
    <message>
        <source>Ta bort bocken för dem som du vill titta närmare på (mellanslag). Allt kan ångras på en gång eller rad för rad.</source>
        <translation>Untick those that you want to look at more closely (space). All of it can be undone at once or row by row.</translation>
    </message>
    <message numerus="yes">
        <source>%n av de markerade är inte med och avgörs en i taget: förslaget är inte tydligt, eller så återstår det att välja tjänst eller uppdrag.</source>
        <translation>
            <numerusform>%n of the ticked is not included and is decided on its own: its suggestion is not clear, or a service or an engagement has still to be chosen.</numerusform>
            <numerusform>%n of the ticked are not included and are decided one at a time: the suggestion is not clear, or a service or an engagement has still to be chosen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewModel</name>
    <message>
        <source>Samarbete</source>
        <translation>Collaboration</translation>
    </message>
    <message>
        <source>Kopplas till</source>
        <translation>Linked to</translation>
    </message>
    <message>
        <source>Varför</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>ett enda uppdrag som passar</source>
        <translation>one engagement that fits</translation>
    </message>
    <message>
        <source>%1 kopplas till %2, %3. %4.</source>
        <translation>%1 is linked to %2, %3. %4.</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Granska och lägg i utkorgen</source>
        <translation>Review and put in the outbox</translation>
    </message>
    <message>
        <source>Granska, registrera och aktivera</source>
        <translation>Review, register and activate</translation>
    </message>
    <message>
        <source>Granska och begär tillgång</source>
        <translation>Review and request access</translation>
    </message>
    <message>
        <source>Granska och skicka inbjudan</source>
        <translation>Review and send the invitation</translation>
    </message>
    <message>
        <source>Så ser mejlet ut</source>
        <translation>What the e-mail looks like</translation>
    </message>
    <message>
        <source>Underlag till kund…</source>
        <translation>Information for the customer…</translation>
    </message>
    <message>
        <source>Sparas i loggen: %1, tidpunkten och texten ovan (version %2).</source>
        <translation>Kept in the log: %1, the time and the text above (version %2).</translation>
    </message>
    <message>
        <source>Kontrollen gjordes %1.</source>
        <translation>The check was made %1.</translation>
    </message>
    <message>
        <source>Den görs om innan något skickas.</source>
        <translation>It is made again before anything is sent.</translation>
    </message>
    <message>
        <source>Du är offline.</source>
        <translation>You are offline.</translation>
    </message>
    <message>
        <source>Kontrollen görs innan något skickas.</source>
        <translation>The check is made before anything is sent.</translation>
    </message>
    <message>
        <source>Tjänster som aktiveras</source>
        <translation>Services that are activated</translation>
    </message>
    <message>
        <source>Ändra</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>%1 betalar</source>
        <translation>%1 pays</translation>
    </message>
    <message>
        <source>E-post som skickas av Visma Spcs</source>
        <translation>E-mails that Visma Spcs sends</translation>
    </message>
    <message>
        <source>Administratörer</source>
        <translation>Administrators</translation>
    </message>
    <message>
        <source>på vismaspcs.se</source>
        <translation>on vismaspcs.se</translation>
    </message>
    <message>
        <source>Om kunden redan är registrerad – får frågan i stället</source>
        <translation>If the customer is registered already – is asked instead</translation>
    </message>
    <message>
        <source>Uppgifter som registreras hos Visma Spcs</source>
        <translation>Details that are registered with Visma Spcs</translation>
    </message>
    <message>
        <source>Uppgifter som registreras om kunden inte är registrerad hos Visma Spcs</source>
        <translation>Details that are registered if the customer is not registered with Visma Spcs</translation>
    </message>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>Kontaktperson</source>
        <translation>Contact person</translation>
    </message>
    <message>
        <source>Blir administratör och huvudkontakt</source>
        <translation>Becomes administrator and main contact</translation>
    </message>
    <message>
        <source>Postadress</source>
        <translation>Postal address</translation>
    </message>
    <message>
        <source>Får tillgång till kundens konto och tjänster</source>
        <translation>Gets access to the customer&apos;s account and services</translation>
    </message>
    <message>
        <source>Uppdragsansvarig på %1</source>
        <translation>Engagement owner of %1</translation>
    </message>
    <message>
        <source>Deltagare på %1</source>
        <translation>Participant of %1</translation>
    </message>
    <message>
        <source>Kontaktperson hos kunden</source>
        <translation>Contact person at the customer</translation>
    </message>
    <message>
        <source>Ingen på byrån</source>
        <translation>Nobody at the firm</translation>
    </message>
</context>
<context>
    <name>RollDialog</name>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>Från</source>
        <translation>From</translation>
    </message>
    <message>
        <source>Till</source>
        <translation>To</translation>
    </message>
    <message>
        <source>Följer med</source>
        <translation>Moves along</translation>
    </message>
    <message>
        <source>Rulla till nytt uppdrag</source>
        <translation>Roll to a new engagement</translation>
    </message>
    <message>
        <source>Det gamla uppdraget avslutas. Ett nytt skapas för nästa räkenskapsår med samma ansvarig och deltagare, och samarbetena följer med: ingen blir okopplad vid årsskiftet.</source>
        <translation>The old engagement is closed. A new one is created for the next fiscal year with the same owner and participants, and the collaborations move along: nothing becomes unlinked at the turn of the year.</translation>
    </message>
    <message>
        <source>Rulla</source>
        <translation>Roll</translation>
    </message>
    <message>
        <source>Hämtar …</source>
        <translation>Fetching …</translation>
    </message>
    <message numerus="yes">
        <source>%n uppdrag är redan avslutade och rullas inte.</source>
        <translation>
            <numerusform>%n engagement is closed already and is not rolled.</numerusform>
            <numerusform>%n engagements are closed already and are not rolled.</numerusform>
        </translation>
    </message>
    <message>
        <source>ingen deltar</source>
        <translation>nobody on it</translation>
    </message>
    <message>
        <source>finns redan</source>
        <translation>exists already</translation>
    </message>
    <message>
        <source>inga samarbeten</source>
        <translation>no collaborations</translation>
    </message>
    <message numerus="yes">
        <source>Rulla %n uppdrag</source>
        <translation>
            <numerusform>Roll %n engagement</numerusform>
            <numerusform>Roll %n engagements</numerusform>
        </translation>
    </message>
    <message>
        <source>Ingen får eller förlorar tillgång.</source>
        <translation>Nobody gains or loses access.</translation>
    </message>
    <message>
        <source>ingen</source>
        <translation>nobody</translation>
    </message>
    <message>
        <source>Får tillgång: %1. Förlorar tillgång: %2.</source>
        <translation>Gains access: %1. Loses access: %2.</translation>
    </message>
    <message>
        <source>Rullat.</source>
        <translation>Rolled.</translation>
    </message>
    <message numerus="yes">
        <source>%n uppdrag rullas</source>
        <translation>
            <numerusform>%n engagement is being rolled</numerusform>
            <numerusform>%n engagements are being rolled</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowPanel</name>
    <message>
        <source>%1, rad %2</source>
        <translation>%1, row %2</translation>
    </message>
    <message>
        <source>Rad %1</source>
        <translation>Row %1</translation>
    </message>
    <message>
        <source>Det här ändras</source>
        <translation>This changes</translation>
    </message>
    <message>
        <source>I filen</source>
        <translation>In the file</translation>
    </message>
    <message>
        <source>Uppgift</source>
        <translation>Detail</translation>
    </message>
    <message>
        <source>Nu</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>Efter</source>
        <translation>After</translation>
    </message>
</context>
<context>
    <name>Screens</name>
    <message>
        <source>Att göra</source>
        <translation>To do</translation>
    </message>
    <message>
        <source>Kunder</source>
        <translation>Customers</translation>
    </message>
    <message>
        <source>Okopplade</source>
        <translation>Unlinked</translation>
    </message>
    <message>
        <source>Samarbeten</source>
        <translation>Collaborations</translation>
    </message>
    <message>
        <source>Skickade inbjudningar</source>
        <translation>Sent invitations</translation>
    </message>
    <message>
        <source>Utkorg</source>
        <translation>Outbox</translation>
    </message>
    <message>
        <source>Mejlkorg</source>
        <translation>Mail tray</translation>
    </message>
    <message>
        <source>Översikt</source>
        <translation>Overview</translation>
    </message>
    <message>
        <source>Kund</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>Aktivera tjänst</source>
        <translation>Activate service</translation>
    </message>
    <message>
        <source>Importera</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Välkommen</source>
        <translation>Welcome</translation>
    </message>
    <message>
        <source>Hjälp</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>Inställningar</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>Ändra samarbeten</source>
        <translation>Change collaborations</translation>
    </message>
    <message>
        <source>Avsluta samarbeten</source>
        <translation>End collaborations</translation>
    </message>
    <message>
        <source>Uppdrag</source>
        <translation>Engagements</translation>
    </message>
    <message>
        <source>Tillgång</source>
        <translation>Access</translation>
    </message>
    <message>
        <source>Rulla till nytt uppdrag</source>
        <translation>Roll to a new engagement</translation>
    </message>
    <message>
        <source>Avsluta uppdrag</source>
        <translation>Close engagement</translation>
    </message>
    <message>
        <source>Byt ansvarig</source>
        <translation>Change who is responsible</translation>
    </message>
    <message>
        <source>Lägg till vikarie</source>
        <translation>Add substitute</translation>
    </message>
    <message>
        <source>Välj uppdrag</source>
        <translation>Choose engagements</translation>
    </message>
    <message>
        <source>Medarbetaren slutar</source>
        <translation>The colleague leaves</translation>
    </message>
    <message>
        <source>Kundblad</source>
        <translation>Customer sheet</translation>
    </message>
    <message>
        <source>Påminn kunder</source>
        <translation>Remind customers</translation>
    </message>
    <message>
        <source>Överlämningslista</source>
        <translation>Handover list</translation>
    </message>
    <message>
        <source>Registerutdrag</source>
        <translation>Extract of personal data</translation>
    </message>
    <message>
        <source>Händelse hos kunden</source>
        <translation>Event at the customer</translation>
    </message>
    <message>
        <source>Ny kund</source>
        <translation>New customer</translation>
    </message>
</context>
<context>
    <name>ServiceCard</name>
    <message>
        <source>Uppdrag</source>
        <translation>Engagement</translation>
    </message>
    <message>
        <source>Skapa uppdrag…</source>
        <translation>Create engagement…</translation>
    </message>
    <message numerus="yes">
        <source>Byrån har %n licenser kvar.</source>
        <translation>
            <numerusform>The firm has %n licence left.</numerusform>
            <numerusform>The firm has %n licences left.</numerusform>
        </translation>
    </message>
    <message>
        <source>Företagsformen är %1.</source>
        <translation>The legal form is %1.</translation>
    </message>
    <message>
        <source>Välj…</source>
        <translation>Choose…</translation>
    </message>
</context>
<context>
    <name>ServicesPage</name>
    <message>
        <source>Vilka tjänster ska aktiveras?</source>
        <translation>Which services are to be activated?</translation>
    </message>
    <message>
        <source>En till åtta tjänster i samma ärende ger kunden ett enda mejl.</source>
        <translation>One to eight services in the same activation give the customer a single e-mail.</translation>
    </message>
</context>
<context>
    <name>SessionBar</name>
    <message>
        <source>Du är inloggad</source>
        <translation>You are signed in</translation>
    </message>
    <message>
        <source>Logga in i webbläsaren.</source>
        <translation>Sign in in the browser.</translation>
    </message>
    <message>
        <source>Fönstret väntar på att du ska bli klar där.</source>
        <translation>This window waits until you are done there.</translation>
    </message>
    <message>
        <source>Avbryt</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Du är inte inloggad.</source>
        <translation>You are not signed in.</translation>
    </message>
    <message>
        <source>Du kan läsa och besluta. Inget hämtas eller skickas innan du har loggat in.</source>
        <translation>You can read and decide. Nothing is fetched or sent until you have signed in.</translation>
    </message>
    <message>
        <source>Logga in…</source>
        <translation>Sign in…</translation>
    </message>
    <message>
        <source>Försök igen</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Visa utkorgen</source>
        <translation>Show the outbox</translation>
    </message>
    <message>
        <source>Stäng</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Varje minut</source>
        <translation>Every minute</translation>
    </message>
    <message>
        <source>Var femte minut</source>
        <translation>Every five minutes</translation>
    </message>
    <message>
        <source>Varje kvart</source>
        <translation>Every quarter of an hour</translation>
    </message>
    <message>
        <source>Varje timme</source>
        <translation>Every hour</translation>
    </message>
    <message>
        <source>Ingen server är vald</source>
        <translation>No server is chosen</translation>
    </message>
    <message>
        <source>Ansluter …</source>
        <translation>Connecting …</translation>
    </message>
    <message>
        <source>Ansluten</source>
        <translation>Connected</translation>
    </message>
    <message>
        <source>Servern nås inte just nu</source>
        <translation>The server cannot be reached right now</translation>
    </message>
    <message>
        <source>Väntar på att du loggar in</source>
        <translation>Waiting for you to sign in</translation>
    </message>
    <message>
        <source>Det som svarar är inte Samverkas server</source>
        <translation>What answers is not Samverka&apos;s server</translation>
    </message>
    <message>
        <source>Servern kräver en nyare version av Samverka</source>
        <translation>The server requires a newer version of Samverka</translation>
    </message>
    <message>
        <source>Pausad</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source>Krypterat. Nyckeln ligger i datorns nyckelring.</source>
        <translation>Encrypted. The key is in the computer&apos;s keyring.</translation>
    </message>
    <message>
        <source>Krypterat med din lösenfras.</source>
        <translation>Encrypted with your passphrase.</translation>
    </message>
    <message>
        <source>Krypterat. Datorn saknar nyckelring: exempelbyrån görs om vid varje start.</source>
        <translation>Encrypted. The computer has no keyring: the sample firm is made anew at each start.</translation>
    </message>
    <message>
        <source>Var %1 sekund</source>
        <translation>Every %1 seconds</translation>
    </message>
    <message>
        <source>ser alla kunder</source>
        <translation>sees all customers</translation>
    </message>
    <message>
        <source>ser kontorets kunder</source>
        <translation>sees the office&apos;s customers</translation>
    </message>
    <message>
        <source>ser sina egna kunder</source>
        <translation>sees their own customers</translation>
    </message>
    <message>
        <source>Begränsad behörighet</source>
        <translation>Limited permission</translation>
    </message>
    <message>
        <source>administratör hos Visma Spcs</source>
        <translation>administrator with Visma Spcs</translation>
    </message>
    <message>
        <source>Fullständig behörighet</source>
        <translation>Full permission</translation>
    </message>
    <message>
        <source>Servern är äldre än det här programmet</source>
        <translation>The server is older than this program</translation>
    </message>
    <message>
        <source>Avsluta, ändra avtal och dra tillbaka: %1</source>
        <translation>End, change agreements and withdraw: %1</translation>
    </message>
</context>
<context>
    <name>SettingsPane</name>
    <message>
        <source>Inställningar</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>Det du väljer gäller genast</source>
        <translation>What you choose applies at once</translation>
    </message>
    <message>
        <source>Uppgifter på den här datorn</source>
        <translation>Data on this computer</translation>
    </message>
    <message>
        <source>Plats</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>Storlek</source>
        <translation>Size</translation>
    </message>
    <message>
        <source>Innehåll</source>
        <translation>Contents</translation>
    </message>
    <message>
        <source>Senast hämtat</source>
        <translation>Last fetched</translation>
    </message>
    <message>
        <source>Skydd</source>
        <translation>Protection</translation>
    </message>
    <message>
        <source>Visa mappen</source>
        <translation>Show the folder</translation>
    </message>
    <message>
        <source>Ta bort från datorn…</source>
        <translation>Remove from the computer…</translation>
    </message>
    <message>
        <source>Diagnostik</source>
        <translation>Diagnostics</translation>
    </message>
    <message>
        <source>För den som hjälper dig. Här finns inga namn, nummer, adresser eller sökvägar.</source>
        <translation>For whoever helps you. There are no names, numbers, addresses or paths in here.</translation>
    </message>
    <message>
        <source>Uppgifter om programmet</source>
        <translation>Facts about the program</translation>
    </message>
    <message>
        <source>Kopiera</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>Om Samverka</source>
        <translation>About Samverka</translation>
    </message>
    <message>
        <source>Version %1 med Qt %2, som används enligt LGPL 3.</source>
        <translation>Version %1 with Qt %2, which is used under the LGPL 3.</translation>
    </message>
    <message>
        <source>Licenser…</source>
        <translation>Licences…</translation>
    </message>
    <message>
        <source>Språk och utseende</source>
        <translation>Language and look</translation>
    </message>
    <message>
        <source>Språk</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>Tema</source>
        <translation>Theme</translation>
    </message>
    <message>
        <source>Radhöjd</source>
        <translation>Row height</translation>
    </message>
    <message>
        <source>Som systemet</source>
        <translation>As the system</translation>
    </message>
    <message>
        <source>Ljust</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>Mörkt</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Kompakt</source>
        <translation>Compact</translation>
    </message>
    <message>
        <source>Server och inloggning</source>
        <translation>Server and sign-in</translation>
    </message>
    <message>
        <source>Inloggad som</source>
        <translation>Signed in as</translation>
    </message>
    <message>
        <source>Byrå</source>
        <translation>Firm</translation>
    </message>
    <message>
        <source>Behörighet</source>
        <translation>Permission</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Förbindelse</source>
        <translation>Connection</translation>
    </message>
    <message>
        <source>Fråga servern</source>
        <translation>Ask the server</translation>
    </message>
    <message>
        <source>Oftast säger servern själv till när något har ändrats.</source>
        <translation>Usually the server itself tells when something has changed.</translation>
    </message>
    <message>
        <source>Logga in…</source>
        <translation>Sign in…</translation>
    </message>
    <message>
        <source>Logga ut</source>
        <translation>Sign out</translation>
    </message>
    <message>
        <source>Byt server…</source>
        <translation>Change server…</translation>
    </message>
    <message>
        <source>Lämna exempelbyrån…</source>
        <translation>Leave the sample firm…</translation>
    </message>
    <message>
        <source>Inloggad</source>
        <translation>Signed in</translation>
    </message>
    <message>
        <source>Ingen server är vald</source>
        <translation>No server is chosen</translation>
    </message>
    <message>
        <source>Exempelbyråns egen, på den här datorn</source>
        <translation>The sample firm&apos;s own, on this computer</translation>
    </message>
    <message>
        <source>Ingen är inloggad</source>
        <translation>Nobody is signed in</translation>
    </message>
    <message>
        <source>Byråns IT-avdelning har bestämt det här</source>
        <translation>The firm&apos;s IT department has decided this</translation>
    </message>
    <message>
        <source>Välj server…</source>
        <translation>Choose server…</translation>
    </message>
    <message>
        <source>och exempelbyråns server %1</source>
        <translation>and the sample firm&apos;s server %1</translation>
    </message>
    <message numerus="yes">
        <source>%n kunder</source>
        <translation>
            <numerusform>%n customer</numerusform>
            <numerusform>%n customers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n utkast</source>
        <translation>
            <numerusform>%n draft</numerusform>
            <numerusform>%n drafts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ändringar som inte är skickade</source>
        <translation>
            <numerusform>%n change that has not been sent</numerusform>
            <numerusform>%n changes that have not been sent</numerusform>
        </translation>
    </message>
    <message>
        <source>Inte än</source>
        <translation>Not yet</translation>
    </message>
    <message>
        <source>Exempelbyråns uppgifter är påhittade och behöver inte tas bort</source>
        <translation>The sample firm&apos;s data is invented and need not be removed</translation>
    </message>
    <message>
        <source>Här finns inga uppgifter från någon server</source>
        <translation>There is no data from any server here</translation>
    </message>
    <message>
        <source>Logga ut ändå</source>
        <translation>Sign out anyway</translation>
    </message>
    <message>
        <source>Du är utloggad. Uppgifterna på datorn går fortfarande att läsa.</source>
        <translation>You are signed out. The data on the computer can still be read.</translation>
    </message>
    <message>
        <source>Uppgifterna är borttagna från datorn</source>
        <translation>The data is removed from the computer</translation>
    </message>
    <message>
        <source>Lämna exempelbyrån?</source>
        <translation>Leave the sample firm?</translation>
    </message>
    <message>
        <source>Fönstret öppnas på nytt, och du kan välja byråns server. Det påhittade försvinner.</source>
        <translation>The window opens anew, and you can choose the firm&apos;s server. What is invented disappears.</translation>
    </message>
    <message>
        <source>Lämna exempelbyrån</source>
        <translation>Leave the sample firm</translation>
    </message>
    <message>
        <source>Allt tas bort härifrån och du loggas ut. Kunderna finns kvar på servern, men inte dina utkast.</source>
        <translation>Everything is removed from here and you are signed out. The customers stay on the server, but not your drafts.</translation>
    </message>
    <message numerus="yes">
        <source>%n ändringar är inte skickade och försvinner.</source>
        <translation>
            <numerusform>%n change has not been sent and disappears.</numerusform>
            <numerusform>%n changes have not been sent and disappear.</numerusform>
        </translation>
    </message>
    <message>
        <source>Ta bort byråns uppgifter från den här datorn?</source>
        <translation>Remove the firm&apos;s data from this computer?</translation>
    </message>
    <message>
        <source>ta bort</source>
        <translation>remove</translation>
    </message>
    <message>
        <source>Ta bort</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>Kopierat</source>
        <translation>Copied</translation>
    </message>
    <message>
        <source>Logg och diagnostik…</source>
        <translation>Log and diagnostics…</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Servern nås nu genom %1</source>
        <translation>The server is now reached through %1</translation>
    </message>
    <message>
        <source>Systemets inställningar för proxy följs</source>
        <translation>The system&apos;s settings for a proxy are followed</translation>
    </message>
    <message>
        <source>Tomt följer systemets inställningar.</source>
        <translation>Empty follows the system&apos;s settings.</translation>
    </message>
    <message>
        <source>Integritet</source>
        <translation>Privacy</translation>
    </message>
    <message>
        <source>Lås efter</source>
        <translation>Lock after</translation>
    </message>
    <message>
        <source>Lås fönstret efter</source>
        <translation>Lock the window after</translation>
    </message>
    <message>
        <source>Personnummer</source>
        <translation>Personal numbers</translation>
    </message>
    <message>
        <source>De fyra sista siffrorna döljs i listor och på papper.</source>
        <translation>The last four digits are hidden in lists and on paper.</translation>
    </message>
    <message>
        <source>När ingen rör programmet täcks fönstret. Sedan behövs lösenfrasen.</source>
        <translation>When nobody touches the program its window is covered. The passphrase is needed then.</translation>
    </message>
    <message>
        <source>När ingen rör programmet täcks fönstret. Uppgifterna skyddas av inloggningen på datorn.</source>
        <translation>When nobody touches the program its window is covered. The data is protected by the sign-in at the computer.</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Prova med exempelbyrån</source>
        <translation>Try the sample firm</translation>
    </message>
    <message>
        <source>En påhittad byrå med ett par hundra kunder. Allt går att göra, inget behöver ställas in och inget lämnar datorn.</source>
        <translation>An invented firm with a few hundred customers. Everything can be done, nothing has to be set up and nothing leaves the computer.</translation>
    </message>
    <message>
        <source>Öppna exempelbyrån</source>
        <translation>Open the sample firm</translation>
    </message>
    <message>
        <source>Anslut till byråns server</source>
        <translation>Connect to the firm&apos;s server</translation>
    </message>
    <message>
        <source>Adressen får du av den som sköter byråns datorer. Du loggar in i webbläsaren; lösenordet skrivs aldrig i Samverka.</source>
        <translation>You get the address from whoever looks after the firm&apos;s computers. You sign in in the browser; the password is never typed into Samverka.</translation>
    </message>
    <message>
        <source>Serverns adress</source>
        <translation>The server&apos;s address</translation>
    </message>
    <message>
        <source>till exempel samverka.byran.se</source>
        <translation>for example samverka.byran.se</translation>
    </message>
    <message>
        <source>Du är redan i exempelbyrån</source>
        <translation>You are in the sample firm already</translation>
    </message>
    <message>
        <source>Söker servern …</source>
        <translation>Looking for the server …</translation>
    </message>
    <message>
        <source>Anslut och logga in</source>
        <translation>Connect and sign in</translation>
    </message>
    <message>
        <source>Servern söks just nu</source>
        <translation>The server is being looked for</translation>
    </message>
    <message>
        <source>Skriv serverns adress först</source>
        <translation>Type the server&apos;s address first</translation>
    </message>
</context>
<context>
    <name>States</name>
    <message>
        <source>Aktivt</source>
        <translation>Active</translation>
    </message>
    <message>
        <source>Väntar på kund</source>
        <translation>Waiting for the customer</translation>
    </message>
    <message>
        <source>Mottaget</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>Registreras</source>
        <translation>Being registered</translation>
    </message>
    <message>
        <source>Stoppat: behöver ditt beslut</source>
        <translation>Stopped: needs your decision</translation>
    </message>
    <message>
        <source>Nekat av Visma Spcs</source>
        <translation>Refused by Visma Spcs</translation>
    </message>
    <message>
        <source>Avböjt</source>
        <translation>Declined</translation>
    </message>
    <message>
        <source>Utgånget</source>
        <translation>Expired</translation>
    </message>
    <message>
        <source>Tillbakadraget</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>Avslutas %1</source>
        <translation>Ends %1</translation>
    </message>
    <message>
        <source>Avslutat</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>I utkorgen</source>
        <translation>In the outbox</translation>
    </message>
    <message>
        <source>Skickas</source>
        <translation>Being sent</translation>
    </message>
    <message>
        <source>Genomfört</source>
        <translation>Carried out</translation>
    </message>
    <message>
        <source>Inga tjänster</source>
        <translation>No services</translation>
    </message>
    <message>
        <source>Uppdrag saknas</source>
        <translation>Engagement missing</translation>
    </message>
    <message>
        <source>Okopplat</source>
        <translation>Unlinked</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Offline – visar uppgifter från %1</source>
        <translation>Offline – showing data from %1</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Hämtar byråns uppgifter …</source>
        <translation>Fetching the firm&apos;s data …</translation>
    </message>
    <message>
        <source>Uppdaterat %1</source>
        <translation>Updated %1</translation>
    </message>
    <message>
        <source>Inte uppdaterat än</source>
        <translation>Not updated yet</translation>
    </message>
    <message>
        <source>Synkronisera nu (F5)</source>
        <translation>Synchronise now (F5)</translation>
    </message>
    <message numerus="yes">
        <source>%n ändringar i utkorgen</source>
        <translation>
            <numerusform>%n change in the outbox</numerusform>
            <numerusform>%n changes in the outbox</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ärenden att åtgärda</source>
        <translation>
            <numerusform>%n matter that needs you</numerusform>
            <numerusform>%n matters that need you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>sidan som visas</source>
        <translation>the page shown</translation>
    </message>
    <message>
        <source>klar</source>
        <translation>done</translation>
    </message>
    <message>
        <source>något saknas</source>
        <translation>something is missing</translation>
    </message>
    <message>
        <source>återstår</source>
        <translation>remaining</translation>
    </message>
    <message>
        <source>Steg %1 av %2: %3, %4</source>
        <translation>Step %1 of %2: %3, %4</translation>
    </message>
</context>
<context>
    <name>StoppedPane</name>
    <message>
        <source>Bestäm senare</source>
        <translation>Decide later</translation>
    </message>
    <message>
        <source>Avbryt ärendet</source>
        <translation>Cancel the activation</translation>
    </message>
    <message>
        <source>Fortsätt med det nya svaret</source>
        <translation>Go on with the new answer</translation>
    </message>
    <message>
        <source>Hämtar uppgifter…</source>
        <translation>Fetching data…</translation>
    </message>
    <message>
        <source>Ärendet väntar på dig</source>
        <translation>The activation is waiting for you</translation>
    </message>
    <message>
        <source>Ärendet för %1 väntar på dig</source>
        <translation>The activation for %1 is waiting for you</translation>
    </message>
    <message>
        <source>Svaret när du bestämde dig</source>
        <translation>The answer when you decided</translation>
    </message>
    <message>
        <source>Svaret nu</source>
        <translation>The answer now</translation>
    </message>
    <message>
        <source>Får inloggningsinstruktioner</source>
        <translation>Gets login instructions</translation>
    </message>
    <message>
        <source>E-post som då skickas av Visma Spcs</source>
        <translation>E-mails that Visma Spcs then sends</translation>
    </message>
    <message>
        <source>Det går inte att fortsätta utan ett svar från Visma Spcs.</source>
        <translation>It cannot go on without an answer from Visma Spcs.</translation>
    </message>
    <message>
        <source>Det går inte att fortsätta utan kontaktperson.</source>
        <translation>It cannot go on without a contact person.</translation>
    </message>
    <message>
        <source>Ingenting har skickats. Kontrollen görs om innan något skickas.</source>
        <translation>Nothing has been sent. The check is made again before anything is sent.</translation>
    </message>
    <message>
        <source>Sparar i utkorgen…</source>
        <translation>Saving in the outbox…</translation>
    </message>
    <message>
        <source>Ärendet fortsätter med det nya svaret.</source>
        <translation>The activation goes on with the new answer.</translation>
    </message>
    <message>
        <source>Ärendet är avbrutet. Ingenting har skickats.</source>
        <translation>The activation is cancelled. Nothing has been sent.</translation>
    </message>
    <message>
        <source>Kontrollen pågår.</source>
        <translation>The check is under way.</translation>
    </message>
    <message>
        <source>Kontrollera igen</source>
        <translation>Check again</translation>
    </message>
    <message>
        <source>Svar</source>
        <translation>Answer</translation>
    </message>
</context>
<context>
    <name>SubstituteDialog</name>
    <message>
        <source>Lägg till vikarie</source>
        <translation>Add substitute</translation>
    </message>
    <message>
        <source>Vikarien deltar i kollegans uppdrag till och med en dag. Sedan upphör tillgången av sig själv.</source>
        <translation>The substitute works on the colleague&apos;s engagements until a day. Then the access ends by itself.</translation>
    </message>
    <message>
        <source>Vikarie</source>
        <translation>Substitute</translation>
    </message>
    <message>
        <source>Till och med</source>
        <translation>Until</translation>
    </message>
    <message>
        <source>Lägg till vikarie för %1</source>
        <translation>Add substitute for %1</translation>
    </message>
    <message>
        <source>Välj kollega</source>
        <translation>Choose a colleague</translation>
    </message>
    <message>
        <source>Välj vem som är vikarie.</source>
        <translation>Choose who the substitute is.</translation>
    </message>
</context>
<context>
    <name>SuccessorForm</name>
    <message>
        <source>Efterträdare</source>
        <translation>Successor</translation>
    </message>
    <message>
        <source>Skapa kund</source>
        <translation>Create customer</translation>
    </message>
    <message>
        <source>Namn</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Organisationsnummer</source>
        <translation>Organisation number</translation>
    </message>
    <message>
        <source>Bolagsform</source>
        <translation>Legal form</translation>
    </message>
    <message>
        <source>Efterträdaren har ett eget nummer, ett annat än kundens.</source>
        <translation>The successor has a number of its own, another than the customer&apos;s.</translation>
    </message>
</context>
<context>
    <name>TablePaper</name>
    <message>
        <source>uppgifter från %1</source>
        <translation>data from %1</translation>
    </message>
    <message>
        <source>Rader: %1</source>
        <translation>Rows: %1</translation>
    </message>
    <message>
        <source>ändringar som inte är skickade: %1</source>
        <translation>changes that have not been sent: %1</translation>
    </message>
    <message>
        <source>Org.nr</source>
        <translation>Org. no.</translation>
    </message>
    <message>
        <source>Kundnr</source>
        <translation>Cust. no.</translation>
    </message>
    <message>
        <source>Betalar</source>
        <translation>Pays</translation>
    </message>
    <message>
        <source>Påmind</source>
        <translation>Reminded</translation>
    </message>
</context>
<context>
    <name>TodayPane</name>
    <message>
        <source>Att göra</source>
        <translation>To do</translation>
    </message>
    <message>
        <source>Alla</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Mina</source>
        <translation>Mine</translation>
    </message>
    <message>
        <source>Kunder där du är ansvarig eller deltar</source>
        <translation>Customers that you are responsible for or take part in</translation>
    </message>
    <message>
        <source>Hämtar …</source>
        <translation>Fetching …</translation>
    </message>
    <message>
        <source>Allt är klart.</source>
        <translation>Everything is done.</translation>
    </message>
    <message>
        <source>Inget väntar på dig just nu. Nya svar från kunder visas här.</source>
        <translation>Nothing is waiting for you right now. New answers from customers are shown here.</translation>
    </message>
    <message numerus="yes">
        <source>%n ärenden att åtgärda</source>
        <translation>
            <numerusform>%n matter that needs you</numerusform>
            <numerusform>%n matters that need you</numerusform>
        </translation>
    </message>
    <message>
        <source>Att åtgärda</source>
        <translation>Needs you</translation>
    </message>
    <message>
        <source>Väntar på kund över 7 dagar</source>
        <translation>Waiting for the customer for more than 7 days</translation>
    </message>
    <message>
        <source>Okopplade samarbeten</source>
        <translation>Unlinked collaborations</translation>
    </message>
    <message>
        <source>Alla har redan påmints i dag eller är låsta.</source>
        <translation>All have been reminded today or are locked.</translation>
    </message>
    <message>
        <source>Utkast</source>
        <translation>Drafts</translation>
    </message>
    <message>
        <source>Visa alla %1</source>
        <translation>Show all %1</translation>
    </message>
    <message numerus="yes">
        <source>%n ärenden väntar på ditt beslut</source>
        <translation>
            <numerusform>%n item waits for your decision</numerusform>
            <numerusform>%n items wait for your decision</numerusform>
        </translation>
    </message>
    <message>
        <source>Väntar på kund</source>
        <translation>Waiting for the customer</translation>
    </message>
    <message numerus="yes">
        <source>%n inbjudningar väntar på svar</source>
        <translation>
            <numerusform>%n invitation waits for an answer</numerusform>
            <numerusform>%n invitations wait for an answer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n samarbeten är okopplade</source>
        <translation>
            <numerusform>%n collaboration is unlinked</numerusform>
            <numerusform>%n collaborations are unlinked</numerusform>
        </translation>
    </message>
    <message>
        <source>Nytt sedan sist</source>
        <translation>New since last time</translation>
    </message>
    <message>
        <source>Påminn alla…</source>
        <translation>Remind all…</translation>
    </message>
    <message>
        <source>Avslutas eller förnyas inom 30 dagar</source>
        <translation>End or renew within 30 days</translation>
    </message>
    <message>
        <source>Uppdrag som ska rullas</source>
        <translation>Engagements to be rolled</translation>
    </message>
    <message>
        <source>Nekat av Visma Spcs</source>
        <translation>Refused by Visma Spcs</translation>
    </message>
</context>
<context>
    <name>TypedConfirmation</name>
    <message>
        <source>Skriv %1 för att fortsätta:</source>
        <translation>Type %1 to continue:</translation>
    </message>
</context>
<context>
    <name>UnreadableDraft</name>
    <message>
        <source>Utkastet %1 går inte att läsa.</source>
        <translation>The draft %1 cannot be read.</translation>
    </message>
    <message>
        <source>Det sparades av en annan version av Samverka, eller så har det skadats. Inget är borttaget och inget är skickat. Spara texten om du vill se vad du hade valt, och gör om aktiveringen från början. Sedan kan utkastet tas bort.</source>
        <translation>It was saved by another version of Samverka, or it has been damaged. Nothing is removed and nothing is sent. Save the text if you want to see what you had chosen, and begin the activation anew. Then the draft can be removed.</translation>
    </message>
    <message>
        <source>Spara texten…</source>
        <translation>Save the text…</translation>
    </message>
    <message>
        <source>Stäng</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Spara utkastets text</source>
        <translation>Save the draft&apos;s text</translation>
    </message>
    <message>
        <source>Sparat: %1</source>
        <translation>Saved: %1</translation>
    </message>
</context>
<context>
    <name>Values</name>
    <message>
        <source>Privatperson</source>
        <translation>Private person</translation>
    </message>
    <message>
        <source>Enskild firma</source>
        <translation>Sole trader</translation>
    </message>
    <message>
        <source>Juridisk person</source>
        <translation>Legal person</translation>
    </message>
    <message>
        <source>Dödsbo</source>
        <translation>Estate</translation>
    </message>
    <message>
        <source>Förening utan nummer</source>
        <translation>Association without a number</translation>
    </message>
    <message>
        <source>Utländskt företag</source>
        <translation>Foreign company</translation>
    </message>
    <message>
        <source>inte påbörjad</source>
        <translation>not begun</translation>
    </message>
    <message>
        <source>pågår</source>
        <translation>ongoing</translation>
    </message>
    <message>
        <source>klar</source>
        <translation>done</translation>
    </message>
    <message>
        <source>kunden</source>
        <translation>the customer</translation>
    </message>
    <message>
        <source>byrån</source>
        <translation>the firm</translation>
    </message>
    <message>
        <source>alla</source>
        <translation>all</translation>
    </message>
    <message>
        <source>sina egna</source>
        <translation>their own</translation>
    </message>
    <message>
        <source>kontorets</source>
        <translation>the office&apos;s</translation>
    </message>
</context>
<context>
    <name>VendorNumberDialog</name>
    <message>
        <source>Välj kundnummer</source>
        <translation>Choose customer number</translation>
    </message>
    <message>
        <source>Välj…</source>
        <translation>Choose…</translation>
    </message>
    <message>
        <source>Kundnummer hos Visma Spcs</source>
        <translation>Customer number at Visma Spcs</translation>
    </message>
    <message>
        <source>%1 har flera kundnummer</source>
        <translation>%1 has several customer numbers</translation>
    </message>
    <message>
        <source>Tjänsterna aktiveras på det nummer som väljs.</source>
        <translation>The services are activated on the number that is chosen.</translation>
    </message>
    <message>
        <source>Välj</source>
        <translation>Choose</translation>
    </message>
    <message>
        <source>Välj ett kundnummer.</source>
        <translation>Choose a customer number.</translation>
    </message>
</context>
<context>
    <name>WelcomePane</name>
    <message>
        <source>Välkommen till Samverka</source>
        <translation>Welcome to Samverka</translation>
    </message>
    <message>
        <source>Byråns samarbeten med kunderna, på ett ställe. Du kan hoppa över varje steg.</source>
        <translation>The firm&apos;s collaborations with its customers, in one place. You can skip every step.</translation>
    </message>
    <message>
        <source>Tillbaka</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Hoppa över</source>
        <translation>Skip</translation>
    </message>
    <message>
        <source>Byrån</source>
        <translation>The firm</translation>
    </message>
    <message>
        <source>Kunder</source>
        <translation>Customers</translation>
    </message>
    <message>
        <source>Klart</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>Steg %1 av 3: %2</source>
        <translation>Step %1 of 3: %2</translation>
    </message>
    <message>
        <source>Börja arbeta</source>
        <translation>Start working</translation>
    </message>
    <message>
        <source>Fortsätt</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Servern svarar.</source>
        <translation>The server answers.</translation>
    </message>
    <message>
        <source>Logga in i webbläsaren; därefter går det vidare här av sig självt.</source>
        <translation>Sign in in the browser; after that it goes on here by itself.</translation>
    </message>
    <message numerus="yes">
        <source>%n kunder</source>
        <translation>
            <numerusform>%n customer</numerusform>
            <numerusform>%n customers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n utkast</source>
        <translation>
            <numerusform>%n draft</numerusform>
            <numerusform>%n drafts</numerusform>
        </translation>
    </message>
    <message>
        <source>På den här datorn: %1.</source>
        <translation>On this computer: %1.</translation>
    </message>
    <message>
        <source>byt server</source>
        <translation>change server</translation>
    </message>
    <message>
        <source>Byt server</source>
        <translation>Change server</translation>
    </message>
</context>
<context>
    <name>WhenRow</name>
    <message>
        <source>Avsluta i dag</source>
        <translation>End today</translation>
    </message>
    <message>
        <source>Avsluta den</source>
        <translation>End on</translation>
    </message>
    <message>
        <source>Slutdatum</source>
        <translation>End date</translation>
    </message>
    <message>
        <source>Välj Avsluta den först.</source>
        <translation>Choose End on first.</translation>
    </message>
    <message>
        <source>Före avtalsperiodens slut %1: perioden betalas ändå.</source>
        <translation>Before the agreement period ends %1: the period is paid all the same.</translation>
    </message>
</context>
<context>
    <name>WizardFoot</name>
    <message>
        <source>Spara utkast</source>
        <translation>Save draft</translation>
    </message>
    <message>
        <source>Avbryt</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Tillbaka</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Välj en kund först.</source>
        <translation>Choose a customer first.</translation>
    </message>
    <message>
        <source>Det här är första sidan.</source>
        <translation>This is the first page.</translation>
    </message>
    <message>
        <source>Sparar i utkorgen…</source>
        <translation>Saving in the outbox…</translation>
    </message>
    <message>
        <source>Stäng</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Klar</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>Nästa</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>Skickas när servern nås. Tills dess kan ärendet tas tillbaka ur utkorgen.</source>
        <translation>Sent when the server is reached. Until then it can be taken back from the outbox.</translation>
    </message>
    <message>
        <source>Samarbetet blir aktivt när Visma Spcs har registrerat företaget.</source>
        <translation>The collaboration becomes active when Visma Spcs has registered the company.</translation>
    </message>
</context>
<context>
    <name>WrittenRows</name>
    <message>
        <source>%1 avslutas av kunden</source>
        <translation>%1 is ended by the customer</translation>
    </message>
    <message>
        <source>%1 avslutas av Visma Spcs</source>
        <translation>%1 is ended by Visma Spcs</translation>
    </message>
    <message>
        <source>%1 avslutas</source>
        <translation>%1 ends</translation>
    </message>
    <message>
        <source>%1: en ny avtalsperiod börjar</source>
        <translation>%1: a new agreement period begins</translation>
    </message>
    <message>
        <source>(okänd kund)</source>
        <translation>(unknown customer)</translation>
    </message>
    <message>
        <source>Godkänt: %1</source>
        <translation>Approved: %1</translation>
    </message>
    <message>
        <source>Avböjt: %1</source>
        <translation>Declined: %1</translation>
    </message>
    <message>
        <source>Inbjudan är tillbakadragen. %1</source>
        <translation>The invitation is withdrawn. %1</translation>
    </message>
    <message>
        <source>påmind %1</source>
        <translation>reminded %1</translation>
    </message>
    <message numerus="yes">
        <source>%n dagar</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n samarbeten saknar kund</source>
        <translation>
            <numerusform>%n collaboration lacks a customer</numerusform>
            <numerusform>%n collaborations lack a customer</numerusform>
        </translation>
    </message>
    <message>
        <source>Skapade i Byråstöd eller Smarta Byrån</source>
        <translation>Created in Byråstöd or Smarta Byrån</translation>
    </message>
    <message numerus="yes">
        <source>%n samarbeten saknar uppdrag</source>
        <translation>
            <numerusform>%n collaboration lacks an engagement</numerusform>
            <numerusform>%n collaborations lack an engagement</numerusform>
        </translation>
    </message>
    <message>
        <source>Kunden är känd, men ingen på byrån får tillgång</source>
        <translation>The customer is known, but nobody at the firm gets access</translation>
    </message>
    <message>
        <source>Inga tjänster valda än</source>
        <translation>No services chosen yet</translation>
    </message>
    <message>
        <source>%1 kunder</source>
        <translation>%1 customers</translation>
    </message>
    <message>
        <source>Utkastet går inte att läsa. Texten finns kvar och kan sparas.</source>
        <translation>The draft cannot be read. Its text is still there and can be saved.</translation>
    </message>
    <message numerus="yes">
        <source>%n uppdrag ska rullas</source>
        <translation>
            <numerusform>%n engagement is to be rolled</numerusform>
            <numerusform>%n engagements are to be rolled</numerusform>
        </translation>
    </message>
    <message>
        <source>Räkenskapsåret är slut och samarbeten hör till uppdraget</source>
        <translation>The fiscal year has ended and collaborations belong to the engagement</translation>
    </message>
</context>
</TS>
