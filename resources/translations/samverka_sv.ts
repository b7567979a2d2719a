<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="sv" sourcelanguage="sv_SE">
<context>
    <name>ReconciliationPane</name>
    <message numerus="yes">
        <source>%n samarbeten kopplas</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n okopplade</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kopplade</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n säkra förslag:</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
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
</TS>
